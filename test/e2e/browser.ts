import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Where a Chromium is installed: CHROMIUM_PATH where it is set, else the usual places; undefined: nowhere. */
export function findChromium(): string | undefined {
  const told = process.env.CHROMIUM_PATH;
  return told ? told : USUAL_PATHS.find((path) => existsSync(path));
}

/** Headless, and without the background services that would look for Google's hosts. */
export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface WatchedPage {
  readonly page: Page;
  /** Errors in the console, uncaught exceptions, and requests to other hosts (none of which gets through). */
  readonly problems: string[];
  close(): Promise<void>;
}

/** A page with a profile of its own, that can reach only `origin`; and go to where people sign in, but load nothing there. */
export async function openPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions,
  signInAt?: string,
): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL: origin, ...options });
  const problems: string[] = [];
  await context.route(
    (url) => url.origin !== origin,
    (route) => {
      if (new URL(route.request().url()).origin === signInAt && route.request().isNavigationRequest())
        return route.continue();
      problems.push(`request to another host: ${route.request().url()}`);
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  return { page, problems, close: () => context.close() };
}
