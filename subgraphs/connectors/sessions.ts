import { AskgraphError } from '../../schema/errors.js';
import type { Dialect } from '../sql/dialects/dialect.js';
import { explaining, type Statement } from '../sql/statement.js';
import { abortError } from './abort-error.js';
import type { Connector, ResultSet } from './connector.js';
import { Pool } from './pool.js';

/** One connection to a database server. It runs one statement at a time, and for reading only. */
export interface Session {
  /** Runs a statement to its end or its row limit; the statement's signal is not its business. */
  run(statement: Statement): Promise<ResultSet>;
  /** Makes the server stop what this session runs, over a connection of its own. */
  cancel(): Promise<void>;
  ping(): Promise<void>;
  /** Whether the server is still there, as far as is known. */
  isOpen(): boolean;
  /** Lets go of the connection at once. */
  destroy(): void;
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly engine: string;
  readonly dialect: Dialect;
  /** How many statements may run at once; the others wait in turn. */
  readonly connections: number;
  /** @throws SOURCE_UNAVAILABLE */
  readonly connect: () => Promise<Session>;
}

/** A place in the pool, with a connection once one was needed. */
interface Slot {
  session: Session | undefined;
}

const HEALTH_MILLISECONDS = 5_000;
/** How long a server may take to hear of a cancel, and the statement to end after it. */
const CANCEL_MILLISECONDS = 5_000;
const REPEAT_MILLISECONDS = 200;

/** A connector over a bounded pool of sessions, which are opened when they are first needed and again when lost. */
export function openServer(options: ServerOptions): Connector {
  const { engine, dialect } = options;
  const pool = new Pool<Slot>(Array.from({ length: options.connections }, () => ({ session: undefined })));
  let closed = false;

  async function withSession<Result>(
    signal: AbortSignal,
    use: (session: Session) => Promise<Result>,
  ): Promise<Result> {
    if (closed) throw unavailable(`The connection to ${engine} has been closed.`);
    return pool.use(signal, async (slot) => {
      const kept = slot.session;
      const session = await openIn(slot, options, signal);
      try {
        return await use(session);
      } catch (error) {
        if (session.isOpen()) throw error;
        slot.session = undefined;
        // A connection that was kept may have been cut long before; whatever it was, reading again does no harm.
        if (session !== kept || signal.aborted) throw error;
        return await use(await openIn(slot, options, signal));
      } finally {
        if (slot.session?.isOpen() === false) slot.session = undefined;
      }
    });
  }

  const query = (statement: Statement) =>
    withSession(statement.signal, (session) => runStoppable(session, statement));
  return {
    engine,
    dialect,
    query,
    async explain(statement) {
      await query(explaining(statement, 'EXPLAIN'));
    },
    async checkHealth() {
      const signal = AbortSignal.timeout(HEALTH_MILLISECONDS);
      try {
        await withSession(signal, (session) => stoppable(session, signal, session.ping()));
      } catch (error) {
        throw unavailable(`${engine} does not answer.`, error);
      }
    },
    async close() {
      closed = true;
      await pool.drain();
      await Promise.all(pool.members.map(({ session }) => session?.close()));
    },
  };
}

async function openIn(slot: Slot, { connect }: ServerOptions, signal: AbortSignal): Promise<Session> {
  if (slot.session?.isOpen()) return slot.session;
  slot.session = undefined;
  const opening = connect();
  const given = await untilAborted(signal, opening).catch((error: unknown) => {
    // Who gave up waiting leaves nothing behind.
    opening.then(
      (session) => session.close(),
      () => undefined,
    );
    throw error;
  });
  slot.session = given;
  return given;
}

function runStoppable(session: Session, statement: Statement): Promise<ResultSet> {
  if (statement.signal.aborted) throw abortError(statement.signal);
  return stoppable(session, statement.signal, session.run(statement));
}

/**
 * Waits for work of a session. When the signal aborts, the server is told to stop; the session is not used again,
 * because a cancel that came late would hit its next statement.
 */
async function stoppable<Result>(
  session: Session,
  signal: AbortSignal,
  work: Promise<Result>,
): Promise<Result> {
  try {
    return await untilAborted(signal, work);
  } catch (error) {
    if (!signal.aborted) throw error;
    await stop(session, work);
    session.destroy();
    throw abortError(signal);
  }
}

/** A cancel that falls between two steps of a statement is lost, so it is repeated until the statement ends. */
async function stop(session: Session, work: Promise<unknown>): Promise<void> {
  let ended = false;
  const leave = () => {
    ended = true;
  };
  const whenEnded = work.then(leave, leave);
  const giveUp = pause(CANCEL_MILLISECONDS).then(leave);
  while (!ended) {
    const told = session.cancel().catch(() => undefined);
    await Promise.race([told, whenEnded, giveUp]);
    await Promise.race([pause(REPEAT_MILLISECONDS), whenEnded, giveUp]);
  }
}

function untilAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(abortError(signal));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}

export function unavailable(message: string, cause?: unknown): AskgraphError {
  return new AskgraphError('SOURCE_UNAVAILABLE', message, cause === undefined ? {} : { cause });
}
