import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { AuditEntry } from '../../subgraphs/audit/audit-trail.js';
import { readConfig } from '../config.js';
import { readAnchors } from './anchors.js';
import type { AuditConfig } from './audit-config.js';
import { type OpenAudit, openAudit } from './open-audit.js';
import { readEventFiles } from './read-events.js';
import { type Verification, verifyChains } from './verify.js';

/** An audit configuration over a folder of its own, with a clock that a test sets. */
export interface TrailFolder {
  readonly path: string;
  readonly config: AuditConfig;
  readonly warnings: string[];
  now: Date;
  open(environment?: Record<string, string>): Promise<OpenAudit>;
  /** Verifies the files, with the anchors or as if they had been lost. */
  verify(anchors: 'anchored' | 'unanchored'): Promise<Verification>;
  remove(): void;
}

let ids = 0;

export function makeTrailFolder(environment: Record<string, string>): TrailFolder {
  const path = mkdtempSync(join(tmpdir(), 'askgraph-audit-'));
  const configure = (more: Record<string, string>) =>
    readConfig({ ASKGRAPH_HOME: path, ...environment, ...more }).audit;
  const config = configure({});
  const folder: TrailFolder = {
    path,
    config,
    warnings: [],
    now: new Date('2026-03-01T10:00:00Z'),
    open: (more = {}) => {
      ids += 1;
      return openAudit({
        config: configure(more),
        policyDigestOf: (caller) => `policy of ${caller.subject}`,
        now: () => folder.now,
        newId: () => String(ids).padStart(8, '0'),
        stdout: new PassThrough(),
        warn: (message) => folder.warnings.push(message),
      });
    },
    async verify(anchors) {
      return verifyChains({
        events: () => readEventFiles(config.directory),
        anchors: anchors === 'anchored' ? await readAnchors(config.anchors) : [],
        scope: 'whole',
      });
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
  return folder;
}

/** A statement of which a test says nothing but its name. */
export function statement(name: string): AuditEntry {
  return {
    kind: 'statement',
    decision: 'allowed',
    requestId: `request ${name}`,
    caller: { subject: 'ann', roles: ['analyst'], claims: { secret: 'kept out' } },
    domain: 'sales',
    facts: { reads: { sales: ['pricepaid'] } },
    texts: { sql: `SELECT ${name}` },
  };
}
