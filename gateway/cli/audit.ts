import { stat } from 'node:fs/promises';
import { openAuditEvents } from '../../prisma/open-audit-events.js';
import { AskgraphError } from '../../schema/errors.js';
import type { Environment } from '../../subgraphs/define-subgraph.js';
import { readAnchors } from '../audit/anchors.js';
import type { AuditConfig } from '../audit/audit-config.js';
import { readEventFiles } from '../audit/read-events.js';
import { readStoredEvents } from '../audit/store-sink.js';
import { type Verification, verifyChains } from '../audit/verify.js';
import { readConfig } from '../config.js';

export interface VerifySettings {
  readonly file?: string;
  readonly anchors?: string;
}

/** Verifies the configured trail, or the file or folder that is named. Throws DATA_CORRUPT for the first broken link. */
export async function verifyAudit(
  settings: VerifySettings,
  environment: Environment,
  print: (line: string) => void,
): Promise<void> {
  const { audit } = readConfig(environment);
  const result =
    settings.file === undefined
      ? await verifyConfigured(audit, settings)
      : await verifyFile(settings.file, audit, settings);
  if (result.broken !== undefined) {
    const { place, reason } = result.broken;
    const before = `${result.events} ${result.events === 1 ? 'event holds' : 'events hold'} before it.`;
    throw new AskgraphError('DATA_CORRUPT', `The audit trail is broken at ${place}: ${reason}. ${before}`, {
      details: { place, reason },
    });
  }
  for (const line of tell(result)) print(line);
}

async function verifyConfigured(config: AuditConfig, settings: VerifySettings): Promise<Verification> {
  const anchors = await readAnchors(settings.anchors ?? config.anchors);
  switch (config.sink) {
    case 'file':
      return verifyChains({ events: () => readEventFiles(config.directory), anchors, scope: 'whole' });
    case 'store': {
      const events = await openAuditEvents({
        url: config.storeUrl,
        synchronous: 'normal',
        now: () => new Date(),
      });
      try {
        return await verifyChains({ events: () => readStoredEvents(events), anchors, scope: 'whole' });
      } finally {
        await events.close();
      }
    }
    default:
      throw new AskgraphError(
        'BAD_USER_INPUT',
        `ASKGRAPH_AUDIT is "${config.sink}", which keeps nothing that can be read. Name a file with --file.`,
      );
  }
}

/** A folder is the whole trail; a file may be one of several, so only what stands in it is held against the anchors. */
async function verifyFile(
  file: string,
  config: AuditConfig,
  settings: VerifySettings,
): Promise<Verification> {
  const isFolder = await stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const beside = isFolder ? `${file.replace(/\/+$/, '')}-anchors.jsonl` : config.anchors;
  const anchors = await readAnchors(settings.anchors ?? beside);
  const scope = isFolder || settings.anchors !== undefined ? 'whole' : 'part';
  return verifyChains({ events: () => readEventFiles(file), anchors, scope });
}

function tell({ events, chains }: Verification): string[] {
  return [
    ...chains.map(({ chain, start, sequence, hash, end }) => {
      const from = start.sequence === 0 ? '' : ` (from ${start.sequence + 1}; what was before is not here)`;
      return `${chain}  ${sequence} events${from}  ${end}  head ${hash}`;
    }),
    `${events} events in ${chains.length} ${chains.length === 1 ? 'chain' : 'chains'}: every link holds.`,
    ...(chains.some(({ end }) => end === 'open')
      ? [
          'A chain that is open is still written, or its process was killed: compare its head with what you noted.',
        ]
      : []),
  ];
}
