import { join } from 'node:path';
import { AskgraphError } from '../../schema/errors.js';
import { literal } from '../connectors/demo-data.js';
import { withoutExtension } from './data-file.js';
import { type Hint, rowsOf, type Stage, type StagedColumn, type StagingPlace } from './staged-table.js';
import { encodingOf, writeAsUtf8 } from './text-encoding.js';

/** What DuckDB's sniffer says of a file, after it has read all of it. */
interface Sniffed {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  readonly comment: string;
  readonly skipRows: number;
  readonly header: boolean;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly dateFormat: string | null;
  readonly timestampFormat: string | null;
}

/**
 * A text file with separated values: separator, quotes, header and types are found by DuckDB's sniffer over the whole
 * file. It is read as text, and a type counts only where no value loses anything by it.
 */
export const stageCsv: Stage = async (place, use) => {
  const { connection, file, warn } = place;
  const path = await readablePath(place);
  const sniffed = await sniff(place, path);
  const relation = `read_csv(${literal(path)}, ${optionsOf(sniffed).join(', ')})`;
  const ambiguous = await ambiguousDates(place, relation, sniffed);
  if (ambiguous.length > 0) {
    warn(
      `${ambiguous.join(', ')}: day and month cannot be told apart (written as ${sniffed.dateFormat}), so they stay text`,
    );
  }
  // A file that cannot be read whole is found out before anything is made of it.
  await rowsOf(connection, `SELECT count(*) FROM ${relation}`);
  await use([
    {
      name: withoutExtension(file.name),
      relation,
      comment: '',
      columns: sniffed.columns.map((column) =>
        stagedColumn(column, ambiguous.includes(column.name) ? [] : hintsOf(column.type, sniffed)),
      ),
      primaryKey: [],
    },
  ]);
};

/** A path at which the file is in UTF-8. Compressed files are taken for that. */
async function readablePath({ file, path, workshop, warn }: StagingPlace): Promise<string> {
  if (/\.gz$/i.test(file.name)) return path;
  const encoding = await encodingOf(path);
  if (encoding === 'utf-8') return path;
  if (encoding === 'windows-1252') warn('it is not in UTF-8 and was read as Windows-1252');
  const decoded = join(workshop, 'decoded.csv');
  await writeAsUtf8(path, decoded, encoding);
  return decoded;
}

async function sniff({ connection }: StagingPlace, path: string): Promise<Sniffed> {
  const [row] = await rowsOf(connection, `FROM sniff_csv(${literal(path)}, sample_size=-1)`);
  const { Delimiter, Quote, Escape, Comment, SkipRows, HasHeader, Columns, DateFormat, TimestampFormat } =
    row as Record<string, unknown>;
  const columns = Columns as { name: string; type: string }[];
  const [first, ...others] = columns;
  // What separates the header's names does not separate every row's values into as many.
  if (first === undefined || (others.length === 0 && /[,;\t|]/.test(first.name)))
    throw new AskgraphError('DATA_CORRUPT', 'its rows have not the same number of values');
  return {
    delimiter: symbol(Delimiter) || ',',
    quote: symbol(Quote) || '"',
    escape: symbol(Escape) || '"',
    comment: symbol(Comment),
    skipRows: Number(SkipRows),
    header: HasHeader === true,
    columns,
    dateFormat: DateFormat as string | null,
    timestampFormat: TimestampFormat as string | null,
  };
}

function symbol(value: unknown): string {
  return value === '(empty)' ? '' : String(value).replaceAll('\\t', '\t');
}

function optionsOf(sniffed: Sniffed): string[] {
  const names = sniffed.columns.map(({ name }) => `${literal(name)}: 'VARCHAR'`);
  return [
    'auto_detect=false',
    `delim=${literal(sniffed.delimiter)}`,
    `quote=${literal(sniffed.quote)}`,
    `escape=${literal(sniffed.escape)}`,
    `comment=${literal(sniffed.comment)}`,
    `skip=${sniffed.skipRows}`,
    `header=${sniffed.header}`,
    `columns={${names.join(', ')}}`,
  ];
}

function stagedColumn({ name }: { name: string }, hints: readonly Hint[]): StagedColumn {
  return { name, type: 'VARCHAR', comment: '', hints, references: undefined };
}

function hintsOf(type: string, { dateFormat, timestampFormat }: Sniffed): Hint[] {
  switch (type) {
    case 'BOOLEAN':
    case 'BIGINT':
      return [{ type: type.toLowerCase() }];
    case 'DOUBLE':
      // What never has more than two decimals is most often money, whose sums are to be exact.
      return [{ type: 'decimal(18,2)' }, { type: 'double' }];
    case 'DATE':
      return [{ type: 'date', ...(dateFormat === null ? {} : { format: dateFormat }) }];
    case 'TIMESTAMP':
      return [{ type: 'timestamp', ...(timestampFormat === null ? {} : { format: timestampFormat }) }];
    case 'TIMESTAMP WITH TIME ZONE':
      return [{ type: 'timestamptz' }];
    default:
      return [];
  }
}

/** Columns of dates that can be read with the day first as well as with the month first. */
async function ambiguousDates(
  { connection }: StagingPlace,
  relation: string,
  { columns, dateFormat, timestampFormat }: Sniffed,
): Promise<string[]> {
  const found: string[] = [];
  for (const { name, type } of columns) {
    const format = type === 'DATE' ? dateFormat : type === 'TIMESTAMP' ? timestampFormat : null;
    const other = format === null ? undefined : withDayAndMonthSwapped(format);
    if (format === null || other === undefined) continue;
    const column = `"${name.replaceAll('"', '""')}"`;
    const read = (as: string) => `try_strptime(${column}, ${literal(as)})`;
    const [row] = await rowsOf(
      connection,
      `SELECT count(*) FILTER (${read(other)} IS NULL) = 0
         AND count(*) FILTER (${read(format)} IS DISTINCT FROM ${read(other)}) > 0 AS both
       FROM ${relation} WHERE ${column} IS NOT NULL`,
    );
    if (row?.both === true) found.push(name);
  }
  return found;
}

function withDayAndMonthSwapped(format: string): string | undefined {
  const day = format.indexOf('%d');
  const month = format.indexOf('%m');
  // Nobody writes the year first and then the day.
  if (day < 0 || month < 0 || /^%[Yy]/.test(format)) return undefined;
  return format.replace(/%[dm]/g, (part) => (part === '%d' ? '%m' : '%d'));
}
