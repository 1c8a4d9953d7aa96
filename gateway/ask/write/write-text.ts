import { AskgraphError } from '../../../schema/errors.js';
import { withDeadline } from '../../../schema/signals.js';
import type { Message } from '../../model/model.js';
import type { Asker } from '../../planner/planner.js';
import { type Findings, type Told, tellByTemplate } from '../findings.js';
import { claimOf, type Grounding, groundSentence } from '../ground/ground.js';
import { describeRows } from './describe-rows.js';
import { INSTRUCTIONS } from './instructions.js';
import { type RowsToModel, sendableRows } from './sendable-rows.js';
import { type StreamedText, streamSentences } from './stream-sentences.js';
import type { Writer } from './writer.js';

export interface WriteOptions {
  readonly question: string;
  readonly writer: Writer;
  readonly asker: Asker;
  readonly rowsToModel: RowsToModel;
  /** When the whole request has to be answered; undefined where nobody has set a time. */
  readonly millisecondsLeft: number | undefined;
  /** Told each sentence once it is known to hold. */
  readonly say: (text: string) => void;
}

const MAXIMUM_TOKENS = 600;
const MOST_REWRITES = 1;
/** What is left to answer by template and to keep the answer, where the model takes all the time there is. */
const RESERVED_MILLISECONDS = 2_000;

/**
 * Has a model tell findings. Each sentence is held against the rows before it is said; at the first that does not hold, the
 * model writes on from what was said, told what is not in the rows. Where it fails again, or does not answer, the
 * template tells the rest.
 */
export async function writeText(findings: Findings, options: WriteOptions): Promise<Told> {
  const rows = sendableRows(findings, options.rowsToModel);
  if (rows === undefined) return tellByTemplate(findings);
  const { plan } = findings.outcome;
  const opening: Message = { role: 'user', text: describeRows(options.question, plan.restatement, rows) };
  const held: Grounding[] = [];
  let messages: readonly Message[] = [opening];
  const signal = signalOf(options);
  try {
    for (let rewrite = 0; rewrite <= MOST_REWRITES; rewrite += 1) {
      const { text, failed } = await writeOnce(findings, held, messages, signal, options);
      const isDone = failed.length === 0;
      if (isDone && held.length > 0) return toldOf(held, findings);
      if (isDone) break;
      messages = [opening, { role: 'assistant', text }, { role: 'user', text: correctionOf(failed, held) }];
    }
  } catch (error) {
    if (options.asker.signal.aborted || !canDoWithout(error)) throw error;
  }
  return joined(toldOf(held, findings), tellByTemplate(findings));
}

/** Adds to `held` what holds, up to the first sentence that does not. */
async function writeOnce(
  findings: Findings,
  held: Grounding[],
  messages: readonly Message[],
  signal: AbortSignal,
  { writer: { model }, asker, say }: WriteOptions,
): Promise<{ readonly text: string; readonly failed: readonly Grounding[] }> {
  const failed: Grounding[] = [];
  const onSentence = (sentence: string) => {
    if (held.some((said) => said.sentence === sentence)) return;
    const grounding = groundSentence(sentence, findings.evidence);
    if (grounding.unfounded.length > 0) failed.push(grounding);
    if (failed.length > 0) return;
    say(held.length === 0 ? sentence : ` ${sentence}`);
    held.push(grounding);
  };
  const request = { instructions: INSTRUCTIONS, messages, maximumTokens: MAXIMUM_TOKENS };
  const call = { model: model.name, purpose: 'answer', prompt: JSON.stringify(request) } as const;
  const { text } = await asker.callModel(
    { ...call, maximumTokens: MAXIMUM_TOKENS },
    (): Promise<StreamedText> =>
      streamSentences(model.name, model.stream({ ...request, signal }), onSentence),
  );
  return { text, failed };
}

/** Ends early enough for the request to be answered all the same. */
function signalOf({ writer, asker, millisecondsLeft }: WriteOptions): AbortSignal {
  const left = (millisecondsLeft ?? Number.POSITIVE_INFINITY) - RESERVED_MILLISECONDS;
  const timeout = Math.max(0, Math.min(writer.timeoutMilliseconds, left));
  return withDeadline(asker.signal, timeout);
}

function correctionOf(failed: readonly Grounding[], held: readonly Grounding[]): string {
  const parts = failed.flatMap(({ unfounded }) => unfounded.map((part) => JSON.stringify(part)));
  const problem = `Not in the rows, or not of the row it is told of: ${[...new Set(parts)].join(', ')}.`;
  const said = held.map(({ sentence }) => sentence).join(' ');
  return said === ''
    ? `${problem} Write the answer again, with nothing that is not in the rows.`
    : `${problem} The person has already read this much, which holds: ${JSON.stringify(said)} Write only what follows it, with nothing that is not in the rows.`;
}

function toldOf(held: readonly Grounding[], { evidence }: Findings): Told {
  return {
    text: held.map(({ sentence }) => sentence).join(' '),
    claims: held.flatMap((grounding) => claimOf(grounding, evidence)),
  };
}

function joined(begun: Told, rest: Told): Told {
  if (begun.text === '') return rest;
  return { text: `${begun.text} ${rest.text}`, claims: [...begun.claims, ...rest.claims] };
}

/** What costs the answer its words, and not the answer. */
function canDoWithout(error: unknown): boolean {
  return (
    error instanceof AskgraphError &&
    ['MODEL_UNAVAILABLE', 'MODEL_REPLY_INVALID', 'DEADLINE_EXCEEDED', 'BUDGET_EXCEEDED'].includes(error.code)
  );
}
