import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Environment } from '../subgraphs/define-subgraph.js';

const LAUNCHER = resolve('bin/askgraph.mjs');
/** Where the tests share the demo data, which is made once and only read. */
const SHARED_DATA = resolve('.askgraph/test/data');
const START_MILLISECONDS = 60_000;

export interface FinishedProcess {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartedProcess {
  readonly url: string;
  readonly process: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** What became of the process once it has ended, by itself or by a signal. */
  readonly finished: Promise<FinishedProcess>;
  /** Ends it gracefully. */
  stop(): Promise<FinishedProcess>;
}

/** A folder for what a process makes and keeps. `shared` demo data need not be made again. */
export function makeHome(demoData: 'shared' | 'none'): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'askgraph-'));
  if (demoData === 'shared') {
    mkdirSync(SHARED_DATA, { recursive: true });
    symlinkSync(SHARED_DATA, join(path, 'data'));
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs an `askgraph` command as a process of its own, until it ends. */
export function runProcess(
  parameters: readonly string[],
  environment: Environment,
): Promise<FinishedProcess> {
  return watch(parameters, environment).finished;
}

/** Starts an `askgraph` command that serves, and waits for the address that it prints. Rejects where it ends instead. */
export async function startProcess(
  parameters: readonly string[],
  environment: Environment,
): Promise<StartedProcess> {
  const watched = watch(parameters, environment);
  const url = await new Promise<string>((resolveUrl, reject) => {
    const timer = setTimeout(() => {
      watched.process.kill('SIGKILL');
      reject(new Error(`No address after ${START_MILLISECONDS} ms:\n${watched.stdout()}${watched.stderr()}`));
    }, START_MILLISECONDS);
    watched.process.stdout?.on('data', () => {
      const address = /(http:\/\/[\w.:[\]]+)\/?(graphql)?\n/.exec(watched.stdout())?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolveUrl(address);
    });
    watched.finished.then(({ code, stdout, stderr }) => {
      clearTimeout(timer);
      reject(new Error(`Ended with ${code}:\n${stdout}${stderr}`));
    }, reject);
  });
  return {
    ...watched,
    url,
    stop() {
      watched.process.kill('SIGTERM');
      return watched.finished;
    },
  };
}

function watch(parameters: readonly string[], environment: Environment) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [LAUNCHER, ...parameters], {
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<FinishedProcess>((resolveFinished, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolveFinished({ code, stdout, stderr }));
  });
  return { process: child, stdout: () => stdout, stderr: () => stderr, finished };
}
