import { refuseSetting, type Variables, wholeNumber } from './read-setting.js';
import { refuseRunAs } from './run-as.js';

export interface AthenaOptions {
  readonly workgroup: string;
  /** Where results go (`s3://…`), if the workgroup does not say. */
  readonly output?: string;
  /** The Glue database that names without one are looked up in; the domain's name if absent. */
  readonly database?: string;
  /** Athena's data catalog; `AwsDataCatalog`, which is Glue, if absent. */
  readonly dataCatalog?: string;
  readonly region?: string;
  /** Where Athena answers, if not at its own address. */
  readonly endpoint?: string;
  /** If not those that the AWS SDK finds by itself. */
  readonly credentials?: AthenaCredentials;
  /** Results of the same query that are no older than this are not computed again. */
  readonly reuseMinutes?: number;
  /** A query that reads more is stopped, and refused. */
  readonly scanLimitBytes?: number;
  /** Queries at once. */
  readonly concurrency?: number;
}

export interface AthenaCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A week: the longest age that Athena takes. */
const LONGEST_REUSE_MINUTES = 10_080;

/**
 * Reads the variables that start with a prefix: `_WORKGROUP`, `_OUTPUT`, `_DATABASE`, `_DATA_CATALOG`, `_REGION`,
 * `_ENDPOINT`, `_REUSE_MINUTES`, `_SCAN_LIMIT_BYTES` and `_CONCURRENCY`. AWS credentials are found as by every AWS SDK.
 * @throws CONFIGURATION_INVALID for what is missing or is no value of its setting.
 */
export function athenaFromEnvironment(variables: Variables, prefix: string): AthenaOptions {
  const read = (name: string) => variables[`${prefix}_${name}`] || undefined;
  const number = (name: string) => wholeNumber(`${prefix}_${name}`, read(name));
  if (read('RUN_AS') !== undefined) refuseRunAs('Athena');
  const output = read('OUTPUT');
  if (output !== undefined && !output.startsWith('s3://')) {
    refuseSetting(`${prefix}_OUTPUT is a place in S3, such as s3://bucket/folder/, not "${output}".`);
  }
  const reuseMinutes = number('REUSE_MINUTES');
  if ((reuseMinutes ?? 0) > LONGEST_REUSE_MINUTES) {
    refuseSetting(`${prefix}_REUSE_MINUTES is at most ${LONGEST_REUSE_MINUTES}.`);
  }
  const found = {
    output,
    database: read('DATABASE'),
    dataCatalog: read('DATA_CATALOG'),
    region: read('REGION'),
    endpoint: read('ENDPOINT'),
    reuseMinutes,
    scanLimitBytes: number('SCAN_LIMIT_BYTES'),
    concurrency: number('CONCURRENCY'),
  };
  const given = Object.entries(found).filter(([, value]) => value !== undefined);
  const workgroup = read('WORKGROUP') ?? refuseSetting(`${prefix}_WORKGROUP is not set.`);
  return { workgroup, ...Object.fromEntries(given) };
}
