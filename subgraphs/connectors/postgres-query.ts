import type { Connection, Submittable } from 'pg';
import type { Cell, Parameter, ResultColumn, Statement } from '../sql/statement.js';
import type { ResultSet } from './connector.js';
import { columnTypeOfPostgres, postgresCellReader } from './postgres-cells.js';

/** The messages of the wire protocol that pg's connection can send, which its types leave out. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  parse(message: { text: string }): void;
  bind(message: { values?: readonly (string | null)[] }): void;
  describe(message: { type: 'P' }): void;
  execute(message: { rows?: number }): void;
  sync(): void;
}

interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

/**
 * A statement in a transaction that can only read, sent in one go: BEGIN, the statement with its parameters, ROLLBACK.
 * The server is asked for one row more than the limit, and makes no others.
 */
export class PostgresQuery implements Submittable {
  readonly result: Promise<ResultSet>;
  private columns: readonly ResultColumn[] = [];
  private readers: readonly ((text: string | null) => Cell)[] = [];
  private readonly rows: Cell[][] = [];
  private failure: unknown;
  private resolve: (result: ResultSet) => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;

  constructor(private readonly statement: Statement) {
    this.result = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  submit(connection: Connection): void {
    const wire = connection as unknown as Wire;
    wire.stream.cork();
    run(wire, 'BEGIN READ ONLY');
    wire.parse({ text: this.statement.text });
    wire.bind({ values: this.statement.parameters.map(textOf) });
    wire.describe({ type: 'P' });
    wire.execute({ rows: this.statement.rowLimit + 1 });
    run(wire, 'ROLLBACK');
    wire.sync();
    wire.stream.uncork();
  }

  handleRowDescription({ fields }: RowDescription): void {
    this.columns =
      this.statement.columns ??
      fields.map(({ name, dataTypeID }) => ({ name, type: columnTypeOfPostgres(dataTypeID) }));
    this.readers = fields.map(({ dataTypeID }, index) =>
      postgresCellReader(dataTypeID, this.columns[index]?.type ?? columnTypeOfPostgres(dataTypeID)),
    );
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    if (this.failure !== undefined) return;
    try {
      this.rows.push(this.readers.map((read, index) => read(fields[index] ?? null)));
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
    this.reject(error);
  }

  handleReadyForQuery(): void {
    if (this.failure !== undefined) {
      this.reject(this.failure);
      return;
    }
    const { rowLimit } = this.statement;
    this.resolve({
      columns: this.columns,
      rows: this.rows.length > rowLimit ? this.rows.slice(0, rowLimit) : this.rows,
      truncated: this.rows.length > rowLimit,
    });
  }
}

function run(wire: Wire, text: string): void {
  wire.parse({ text });
  wire.bind({});
  wire.execute({});
}

function textOf(value: Parameter): string | null {
  return value === null ? null : String(value);
}
