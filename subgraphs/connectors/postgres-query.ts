import type { Client, Connection, Submittable } from 'pg';
import type { Cell, Parameter, ResultColumn, Statement } from '../sql/statement.js';
import { taggedText } from '../sql/statement-tag.js';
import type { ResultSet } from './connector.js';
import { columnTypeOfPostgres, postgresCellReader } from './postgres-cells.js';
import { commandMessages, queryMessages, SYNC } from './postgres-wire.js';

const BEGIN = commandMessages('BEGIN READ ONLY');
const ROLLBACK = commandMessages('ROLLBACK');

interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

type Ending = { readonly result: ResultSet } | { readonly error: unknown };
type Settle = (ending: Ending) => void;

/**
 * Runs a statement on a connection; rejects with what pg says of it. `before`: what is set for its transaction, as SQL,
 * and ends with it.
 */
export function runPostgresQuery(
  client: Client,
  statement: Statement,
  before: readonly string[],
): Promise<ResultSet> {
  return new Promise((resolve, reject) => {
    const settle: Settle = (ending) => ('result' in ending ? resolve(ending.result) : reject(ending.error));
    client.query(new PostgresQuery(statement, before, settle));
  });
}

/**
 * A statement in a transaction that can only read, sent in one go: BEGIN, the role if there is one, the statement with
 * its parameters, ROLLBACK.
 * The server is asked for one row more than the limit, and makes no others.
 *
 * When it ends it lets go of all that it has read: pg's queue of queries is an array that is shifted, whose old places
 * keep what stood in them alive until the next major collection. Rows that are held so are copied by every minor one.
 */
class PostgresQuery implements Submittable {
  private columns: readonly ResultColumn[] = [];
  private readers: readonly ((text: string | null) => Cell)[] = [];
  private rows: Cell[][] = [];
  private failure: unknown;

  /** `settle`: told once how the statement ended. */
  constructor(
    private readonly statement: Statement,
    private readonly before: readonly string[],
    private settle: Settle | undefined,
  ) {}

  submit(connection: Connection): void {
    const values = this.statement.parameters.map(textOf);
    const { stream } = connection as unknown as { readonly stream: { write(bytes: Buffer): void } };
    stream.write(
      Buffer.concat([
        BEGIN,
        ...this.before.map(commandMessages),
        ...queryMessages(taggedText(this.statement), values, this.statement.rowLimit + 1),
        ROLLBACK,
        SYNC,
      ]),
    );
  }

  handleRowDescription({ fields }: RowDescription): void {
    this.columns =
      this.statement.columns ??
      fields.map(({ name, dataTypeID }) => ({ name, type: columnTypeOfPostgres(dataTypeID) }));
    this.readers = fields.map(({ dataTypeID }, index) =>
      postgresCellReader(dataTypeID, this.columns[index]?.type ?? columnTypeOfPostgres(dataTypeID)),
    );
  }

  handleDataRow({ fields }: { readonly fields: (string | null)[] }): void {
    if (this.failure !== undefined) return;
    try {
      const { readers } = this;
      // The array of texts, which is made for this row alone, becomes that of its cells.
      const row: Cell[] = fields;
      for (let index = 0; index < readers.length; index++) row[index] = readers[index]!(fields[index]!);
      this.rows.push(row);
    } catch (error) {
      // An error that left this method would tear the connection down.
      this.failure = error;
    }
  }

  handlePortalSuspended(): void {}

  handleEmptyQuery(): void {}

  handleCommandComplete(): void {}

  handleCopyInResponse(): void {}

  handleCopyData(): void {}

  handleError(error: unknown): void {
    this.end({ error });
  }

  handleReadyForQuery(): void {
    const { columns, rows, failure } = this;
    const { rowLimit } = this.statement;
    if (failure !== undefined) {
      this.end({ error: failure });
      return;
    }
    const truncated = rows.length > rowLimit;
    this.end({ result: { columns, rows: truncated ? rows.slice(0, rowLimit) : rows, truncated } });
  }

  private end(ending: Ending): void {
    const { settle } = this;
    this.settle = undefined;
    this.rows = [];
    settle?.(ending);
  }
}

function textOf(value: Parameter): string | null {
  return value === null ? null : String(value);
}
