import { z } from 'zod';
import { placeOf } from '../../prisma/store-place.js';
import { wholeNumber } from '../config/setting.js';
import { AUDIT_SYNCS, type AuditSync } from './file-sink.js';

/** The trail's settings, by the names of their environment variables. */
export const auditSettings = {
  /** Where audit events are kept. */
  ASKGRAPH_AUDIT: z.enum(['store', 'file', 'stdout', 'off']).default('store'),
  /** Folder of the files; default: `audit` in the home folder. */
  ASKGRAPH_AUDIT_DIRECTORY: z.string().min(1).optional(),
  /** A file is followed by another once it has so many bytes. */
  ASKGRAPH_AUDIT_FILE_BYTES: wholeNumber(1_000, 10_000_000_000).default(100_000_000),
  /** When an event must be on the disk: before what it tells of happens, within a second, or when it pleases. */
  ASKGRAPH_AUDIT_SYNC: z.enum(AUDIT_SYNCS).default('always'),
  /** Where the heads of chains are written apart from them, best on another disk; default: beside the events. */
  ASKGRAPH_AUDIT_ANCHORS: z.string().min(1).optional(),
  /** Whether questions, statements with their values and what models are sent are kept, or only their digests. */
  ASKGRAPH_AUDIT_TEXTS: z.enum(['digest', 'full']).default('digest'),
};

export interface AuditConfig {
  readonly sink: 'store' | 'file' | 'stdout' | 'off';
  readonly storeUrl: string;
  readonly directory: string;
  readonly fileBytes: number;
  readonly sync: AuditSync;
  readonly anchors: string;
  readonly texts: 'digest' | 'full';
}

export function readAuditConfig(
  values: z.infer<z.ZodObject<typeof auditSettings>>,
  { home, storeUrl }: { home: string; storeUrl: string },
): AuditConfig {
  const directory = values.ASKGRAPH_AUDIT_DIRECTORY ?? `${home}/audit`;
  const beside = {
    store: besideStore(storeUrl, home),
    file: directory,
    stdout: `${home}/audit`,
    off: `${home}/audit`,
  };
  return {
    sink: values.ASKGRAPH_AUDIT,
    storeUrl,
    directory,
    fileBytes: values.ASKGRAPH_AUDIT_FILE_BYTES,
    sync: values.ASKGRAPH_AUDIT_SYNC,
    anchors: values.ASKGRAPH_AUDIT_ANCHORS ?? `${beside[values.ASKGRAPH_AUDIT]}-anchors.jsonl`,
    texts: values.ASKGRAPH_AUDIT_TEXTS,
  };
}

/** A store in a file has them at its side; a database elsewhere has nothing to do with its own. */
function besideStore(storeUrl: string, home: string): string {
  const place = placeOf(storeUrl);
  return place.engine === 'sqlite' ? place.file : `${home}/store`;
}
