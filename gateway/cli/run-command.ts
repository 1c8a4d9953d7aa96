import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { AskgraphError } from '../../schema/errors.js';
import type { Environment } from '../../subgraphs/define-subgraph.js';

/** Runs one `askgraph` command. Returns the exit code: 0 done, 1 failed, 2 not understood. */
export async function runCommand(argv: readonly string[], environment: Environment): Promise<number> {
  const program = new Command('askgraph')
    .description('A GraphQL federation gateway that answers questions.')
    .exitOverride();
  program
    .command('serve')
    .description(
      'start the gateway with its domains, the Ask page and GraphiQL (what happens without a command)',
    )
    .option('--host <address>', 'address to listen on (HOST)')
    .option('--port <number>', 'port to listen on (PORT)')
    .action(async (options: { host?: string; port?: string }) => {
      const { serve } = await import('./serve.js');
      await serve(withOptions(environment, { HOST: options.host, PORT: options.port }));
    });
  program
    .command('ask')
    .description('answer one question in the terminal')
    .argument('<question...>', 'the question, in plain English')
    .option('--json', 'print the whole Answer as JSON')
    .option('--as-of <date>', 'what "today" means, such as 2023-05-01')
    .option('--domain <name...>', 'ask only these domains')
    .option('--url <address>', 'ask a gateway that runs elsewhere, such as http://127.0.0.1:4000')
    .action(async (words: string[], options: import('./ask-options.js').AskOptions) => {
      const { askOnce } = await import('./ask.js');
      await askOnce(words.join(' '), options, environment);
    });
  program
    .command('subgraph')
    .description('serve one domain as a subgraph of its own')
    .argument('<name>', 'the domain')
    .option('--host <address>', 'address to listen on (HOST)')
    .option('--port <number>', 'port to listen on (PORT)')
    .action(async (name: string, options: { host?: string; port?: string }) => {
      const { serveSubgraph } = await import('./subgraph.js');
      await serveSubgraph(name, withOptions(environment, { HOST: options.host, PORT: options.port }));
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
  const catalog = program.command('catalog').description("refresh the domains' catalogs");
  catalog
    .command('pull')
    .description('read the catalogs from AWS Glue into subgraphs/<domain>/catalog.json')
    .argument('[domain...]', 'the domains; all that have a catalog if none is named')
    .option('--filter <name>', 'only tables of this name, in which * stands for anything')
    .option('--region <name...>', 'AWS regions to look in')
    .option('--catalog-id <id...>', 'Glue catalogs to look in, beside which the own is not looked in')
    .option('--endpoint <address>', 'where Glue answers, if not at its own address')
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
    .action(async (domains: string[]) => {
      const { crawlCatalogs } = await import('./catalog.js');
      await crawlCatalogs(domains, catalogOptions(environment));
    });
  try {
    await program.parseAsync(withCommand(argv));
    return 0;
  } catch (error) {
    return report(error);
  }
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
