import type { Connector } from '../../subgraphs/connectors/connector.js';
import type { EngineName } from './values.js';

/** One engine, with the tables of the contract in it. */
export interface ContractSetup {
  readonly engine: EngineName;
  readonly connector: Connector;
  /** How many statements the connector runs at once. */
  readonly connections: number;
  /** A query that gives a number after minutes. */
  readonly slow: string;
  /** A query of the numbers from 1 to `count`, in a column `n`, in order. */
  numbers(count: number): string;
  /** The most characters that a bound text may have; absent where there is no such limit. */
  readonly longestText?: number;
  /** Whether the engine writes the names of a result's columns in small letters. */
  readonly foldsNames?: true;
  /** What the engine itself says of statements that it runs for the connector; absent where it can't be asked. */
  readonly running?: () => Promise<number>;
  /** Cuts the connector's connections, as a restart of the server would; absent for an engine in process. */
  readonly cutConnections?: () => Promise<void>;
  /** A connector to a place where nobody answers; absent for an engine in process. */
  readonly openUnreachable?: () => Promise<Connector>;
  /** Another connector to the same database. */
  reopen(): Promise<Connector>;
  close(): Promise<void>;
}
