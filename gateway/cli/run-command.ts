import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { AskgraphError } from '../../schema/errors.js';
import type { Environment } from '../../subgraphs/define-subgraph.js';

const KEEP_REMOVED = [
  '--keep-removed <days>',
  'for how many days the names of removed tables and columns are still answered, by null (30)',
  number(0, 3650),
] as const;
const DATA = 'answer from a folder of data files, whose folders are the domains (ASKGRAPH_DATA)';

/** The package's, beside which the built program is kept. */
function ownVersion(): string {
  const file = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** Runs one `askgraph` command. Returns the exit code: 0 done, 1 failed, 2 not understood. */
export async function runCommand(argv: readonly string[], environment: Environment): Promise<number> {
  const program = new Command('askgraph')
    .description('A GraphQL federation gateway that answers questions.')
    .version(ownVersion(), '--version', 'print the version')
    .exitOverride();
  program
    .command('serve')
    .description(
      'start the gateway with its domains, the Ask page and GraphiQL (what happens without a command)',
    )
    .option('--host <address>', 'address to listen on (HOST)')
    .option('--port <number>', 'port to listen on (PORT)')
    .option('--data <folder>', DATA)
    .action(async ({ host, port, data }: { host?: string; port?: string; data?: string }) => {
      const { serve } = await import('./serve.js');
      await serve(withOptions(environment, { HOST: host, PORT: port, ASKGRAPH_DATA: data }));
    });
  program
    .command('ask')
    .description('answer one question in the terminal')
    .argument('<question...>', 'the question, in plain English')
    .option('--json', 'print the whole Answer as JSON')
    .option('--as-of <date>', 'what "today" means, such as 2023-05-01')
    .option('--domain <name...>', 'ask only these domains')
    .option('--data <folder>', DATA)
    .option('--url <address>', 'ask a gateway that runs elsewhere, such as http://127.0.0.1:4000')
    .action(async (words: string[], options: import('./ask-options.js').AskOptions) => {
      const { askOnce } = await import('./ask.js');
      await askOnce(words.join(' '), options, withOptions(environment, { ASKGRAPH_DATA: options.data }));
    });
  let exitCode = 0;
  program
    .command('eval')
    .description(
      'ask golden questions of a folder of data, and say how many are answered, and how many rightly',
    )
    .requiredOption('--set <folder>', 'folders of data files, each with its questions.json')
    .option(
      '--planner <name>',
      'who plans: embedded, model or both (ASKGRAPH_PLANNER); the model is that of ASKGRAPH_MODEL',
    )
    .option('--record <folder>', "keep the model's exchanges in a folder (ASKGRAPH_MODEL_EXCHANGES)")
    .addOption(
      new Option('--replay <folder>', 'tell them again from there, and ask no model').conflicts('record'),
    )
    .option('--as-of <date>', 'what "today" means where a question does not say, such as 2026-05-01')
    .option('--limit <number>', 'ask about so many questions, evenly over the folders', number(1, 1e9))
    .option('--report <file>', 'write the whole report as an HTML page')
    .option('--json', 'print the whole report as JSON')
    .option(
      '--minimum-precision <share>',
      'fail below this share of answers that are right, 0–1',
      number(0, 1),
    )
    .option(
      '--minimum-accuracy <share>',
      'fail below this share of questions answered rightly, 0–1',
      number(0, 1),
    )
    .action(async (options: import('./eval.js').EvalOptions) => {
      const { runEval } = await import('./eval.js');
      exitCode = (await runEval(options, environment)) === 'reached' ? 0 : 1;
    });
  program
    .command('subgraph')
    .description('serve one domain as a subgraph of its own')
    .argument('<name>', 'the domain')
    .option('--host <address>', 'address to listen on (HOST)')
    .option('--port <number>', 'port to listen on (PORT)')
    .option('--data <folder>', DATA)
    .action(async (name: string, options: { host?: string; port?: string; data?: string }) => {
      const { serveSubgraph } = await import('./subgraph.js');
      const { host, port, data } = options;
      await serveSubgraph(name, withOptions(environment, { HOST: host, PORT: port, ASKGRAPH_DATA: data }));
    });
  program
    .command('gateway')
    .description('serve any supergraph over its subgraph URLs, as a plain federation gateway')
    .option('--supergraph <file>', 'the SDL of the supergraph (SUPERGRAPH)')
    .option('--host <address>', 'address to listen on (HOST)')
    .option('--port <number>', 'port to listen on (PORT)')
    .action(async (options: { supergraph?: string; host?: string; port?: string }) => {
      const { serveSupergraph } = await import('./gateway.js');
      const { supergraph, host, port } = options;
      await serveSupergraph(withOptions(environment, { SUPERGRAPH: supergraph, HOST: host, PORT: port }));
    });
  program
    .command('generate')
    .description('print the typed schemas of the catalogs into schema/generated')
    .option('--check', 'write nothing; fail where the committed schemas differ')
    .action(async (options: { check?: true }) => {
      const { generateSchemas } = await import('./generate.js');
      await generateSchemas(options.check === true ? 'check' : 'write');
    });
  const key = program.command('key').description('keys by which programs say who they are');
  key
    .command('create')
    .description('make a key, and print it the only time')
    .requiredOption('--subject <name>', 'whose key it is')
    .option('--role <name...>', 'the roles it gives')
    .option('--expires <when>', 'when it ends: 90d, or a date such as 2027-01-31')
    .action(async (options: import('./key.js').KeyOptions) => {
      const { createKey } = await import('./key.js');
      await createKey(options, environment);
    });
  key
    .command('list')
    .description('list the keys, without their secrets')
    .action(async () => {
      const { listKeys } = await import('./key.js');
      await listKeys(environment);
    });
  key
    .command('revoke')
    .description('refuse a key from now on')
    .argument('<id>', 'the id, as listed')
    .action(async (id: string) => {
      const { revokeKey } = await import('./key.js');
      await revokeKey(id, environment);
    });
  const catalog = program.command('catalog').description("refresh the domains' catalogs");
  catalog
    .command('pull')
    .description('read the catalogs from AWS Glue into subgraphs/<domain>/catalog.json')
    .argument('[domain...]', 'the domains; all that have a catalog if none is named')
    .option('--filter <name>', 'only tables of this name, in which * stands for anything')
    .option('--region <name...>', 'AWS regions to look in')
    .option('--catalog-id <id...>', 'Glue catalogs to look in, beside which the own is not looked in')
    .option('--endpoint <address>', 'where Glue answers, if not at its own address')
    .option(...KEEP_REMOVED)
    .action(async (domains: string[], options: import('./catalog.js').PullSettings) => {
      const { pullCatalogs } = await import('./catalog.js');
      await pullCatalogs(domains, options, catalogOptions(environment));
    });
  catalog
    .command('crawl')
    .description(
      "read what the domains' sources say of their own tables into subgraphs/<domain>/catalog.json",
    )
    .argument('<domain...>', 'the domains')
    .option(...KEEP_REMOVED)
    .action(async (domains: string[], options: Partial<import('./catalog.js').KeepSettings>) => {
      const { crawlCatalogs } = await import('./catalog.js');
      await crawlCatalogs(domains, options, catalogOptions(environment));
    });
  const audit = program.command('audit').description('look after the audit trail');
  audit
    .command('verify')
    .description('check that no event was altered, deleted, moved or cut off; says the first broken link')
    .option('--file <path>', 'a file or folder of events, if not the configured trail')
    .option('--anchors <path>', 'heads that were kept apart, if not in the configured place')
    .action(async (options: { file?: string; anchors?: string }) => {
      const { verifyAudit } = await import('./audit.js');
      await verifyAudit(options, environment, (line) => process.stdout.write(`${line}\n`));
    });
  try {
    await program.parseAsync(withCommand(argv));
    return exitCode;
  } catch (error) {
    return report(error);
  }
}

/** An option's number, within bounds. */
function number(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most))
      throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`);
    return value;
  };
}

/** Without a command, `serve` is meant. (Commander's own default would take a misspelt command for its argument.) */
function withCommand(argv: readonly string[]): readonly string[] {
  const [node = '', script = '', ...rest] = argv;
  const [first] = rest;
  const isServe = first === undefined || (first.startsWith('-') && first !== '-h' && first !== '--help');
  return isServe ? [node, script, 'serve', ...rest] : argv;
}

function catalogOptions(environment: Environment): import('./catalog.js').CatalogOptions {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  return {
    root: process.cwd(),
    environment,
    dataDirectory: join(environment.ASKGRAPH_HOME || '.askgraph', 'data'),
    signal: stop.signal,
    now: new Date(),
    print: (line) => process.stdout.write(`${line}\n`),
  };
}

function withOptions(environment: Environment, options: Environment): Environment {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...environment, ...Object.fromEntries(given) };
}

/** Says what went wrong, with its code, and never a stack: an operator finds the cause with LOG_LEVEL=debug. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof AskgraphError) {
    process.stderr.write(`${error.code}: ${error.message}\n`);
    return 1;
  }
  process.stderr.write(
    `INTERNAL: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 1;
}
