import { randomUUID } from 'node:crypto';
import { AskgraphError } from '../../schema/errors.js';
import type { Environment } from '../../subgraphs/define-subgraph.js';
import { OPERATOR } from '../../subgraphs/own-callers.js';
import type { Answer } from '../ask/answer-types.js';
import { formatCell } from '../ask/format.js';
import { checkAskInput } from '../ask/schema/check-input.js';
import { readConfig } from '../config.js';
import { makeContext } from '../context.js';
import { makeDomainLister } from '../list-domains.js';
import { openGateway } from '../open-gateway.js';
import { type AskOptions, instant } from './ask-options.js';
import { askRemote } from './ask-remote.js';

/** Answers one question, here or by a gateway that runs elsewhere, and prints it. */
export async function askOnce(
  question: string,
  options: AskOptions,
  environment: Environment,
): Promise<void> {
  const answer =
    options.url === undefined
      ? await askHere(question, options, environment)
      : await askRemote(options.url, question, options, credentialOf(environment));
  process.stdout.write(options.json === true ? `${JSON.stringify(answer, null, 2)}\n` : written(answer));
}

/** Who asks a gateway elsewhere: from the environment, since other users of a machine see a command's words. */
function credentialOf({ ASKGRAPH_TOKEN, ASKGRAPH_API_KEY }: Environment): Record<string, string> {
  return {
    ...(ASKGRAPH_TOKEN ? { authorization: `Bearer ${inHeader('ASKGRAPH_TOKEN', ASKGRAPH_TOKEN)}` } : {}),
    ...(ASKGRAPH_API_KEY ? { 'x-api-key': inHeader('ASKGRAPH_API_KEY', ASKGRAPH_API_KEY) } : {}),
  };
}

function inHeader(setting: string, value: string): string {
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  throw new AskgraphError('BAD_USER_INPUT', `${setting} must be printable ASCII without spaces.`);
}

/** As the operator: whoever can run this holds the domains' credentials. */
async function askHere(question: string, options: AskOptions, environment: Environment): Promise<Answer> {
  const now = new Date();
  const config = readConfig(environment);
  const input = checkAskInput({
    question,
    asOf: instant(options.asOf) ?? null,
    domains: options.domain ?? null,
  });
  const definitions = await makeDomainLister(config)(() => {});
  const gateway = await openGateway({ config, definitions, report: () => {}, warn });
  try {
    const context = makeContext({
      requestId: randomUUID(),
      caller: OPERATOR,
      now,
      timeoutMilliseconds: config.requestTimeoutMilliseconds,
      clientGone: new AbortController().signal,
    });
    return await gateway.ask.ask(input, context);
  } finally {
    await gateway.close();
  }
}

function warn(message: string): void {
  process.stderr.write(`${message}\n`);
}

const SHOWN_ROWS = 20;

/** The answer for people: its sentence, its table where it says more, and how it was read. */
function written(answer: Answer): string {
  const lines = [answer.text];
  if (
    answer.table !== null &&
    answer.table.rows.length > 0 &&
    answer.table.rows.length * answer.table.columns.length > 1
  )
    lines.push('', ...tableLines(answer.table));
  if (answer.clarification !== null)
    lines.push('', ...answer.clarification.choices.map((choice, index) => `  ${index + 1}. ${choice.label}`));
  lines.push('', ...answer.assumptions.map((assumption) => `Assumed: ${assumption}`));
  for (const source of answer.sources) lines.push(`Source: ${source.domain}.${source.table}`);
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

function tableLines(table: NonNullable<Answer['table']>): string[] {
  const cells = [
    table.columns.map((column) => column.label),
    ...table.rows
      .slice(0, SHOWN_ROWS)
      .map((row) =>
        row.map((value, index) => (value === null ? '' : formatCell(value, table.columns[index]!))),
      ),
  ];
  const widths = table.columns.map((_, index) => Math.max(...cells.map((row) => row[index]!.length)));
  const numeric = table.columns.map((column) =>
    ['INTEGER', 'BIGINT', 'DECIMAL', 'FLOAT'].includes(column.type),
  );
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, index) => (numeric[index] ? cell.padStart(widths[index]!) : cell.padEnd(widths[index]!))).join('  ')}`.trimEnd();
  const [head, ...body] = cells.map(line);
  const rest = table.rows.length - SHOWN_ROWS;
  return [
    head!,
    `  ${widths.map((width) => '─'.repeat(width)).join('  ')}`,
    ...body,
    ...(rest > 0 ? [`  … ${rest} more`] : []),
  ];
}
