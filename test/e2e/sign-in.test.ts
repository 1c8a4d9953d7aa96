import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OpenidProvider, startOpenidProvider } from '../fakes/openid-provider.js';
import { type StartedGateway, startGateway } from '../start-gateway.js';
import { findChromium, launchBrowser, openPage, type WatchedPage } from './browser.js';

const chromiumPath = findChromium();
const QUESTION = 'How many employees were hired before 1990?';
/** The browser reports answers of 401 itself. */
const REFUSED = /^console: Failed to load resource: the server responded with a status of 401/;

describe.skipIf(chromiumPath === undefined)('signing in with a browser', { timeout: 60_000 }, () => {
  let provider: OpenidProvider;
  let gateway: StartedGateway;
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    provider = await startOpenidProvider();
    gateway = await startGateway({
      OIDC_ISSUER: provider.url,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      AUTH_CLOCK_SKEW_SECONDS: '0',
    });
    browser = await launchBrowser(chromiumPath ?? '');
  }, 120_000);
  afterEach(async () => {
    provider.lifetime(3_600);
    const problems = watched.problems.filter((problem) => !REFUSED.test(problem));
    await watched.close();
    expect(problems).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
    await provider?.close();
  });

  async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const origin = new URL(gateway.url).origin;
    watched = await openPage(browser, origin, options, new URL(provider.url).origin);
    await watched.page.goto(path);
    return watched.page;
  }
  const signInLink = (page: Page) => page.getByRole('link', { name: 'Sign in' });
  const signOutButton = (page: Page) => page.getByRole('button', { name: 'Sign out' });
  const signedIn = (page: Page) => page.locator('.signed-in').textContent();
  const answer = (page: Page) => page.getByRole('article').first().locator('.answer-text').textContent();
  const askInPage = async (page: Page, question: string) => {
    await page.getByLabel('Your question').fill(question);
    await page.getByLabel('Your question').press('Enter');
  };

  it('leads from the Ask page to the provider and back, where questions are answered', async () => {
    const page = await open('/');
    await signInLink(page).click();
    expect(await signedIn(page)).toBe('Ada Lovelace');
    expect(new URL(page.url()).pathname).toBe('/');
    expect(await signInLink(page).count()).toBe(0);
    // Examples are told to those who are known.
    await page.locator('.chip').first().waitFor();
    await askInPage(page, QUESTION);
    expect(await answer(page)).toContain('29');
  });

  it('takes who asks without being signed in to sign in, and answers what they asked', async () => {
    const page = await open('/');
    await signInLink(page).waitFor();
    await askInPage(page, QUESTION);
    expect(await answer(page)).toContain('29');
    expect(await signedIn(page)).toBe('Ada Lovelace');
  });

  it('leads from GraphiQL and back to the operation that was open', async () => {
    const query = '{ hr { employeesAggregate { count } } }';
    const page = await open(`/graphql?${new URLSearchParams({ query })}`);
    expect(await signedIn(page)).toBe('Ada Lovelace');
    await page.locator('.graphiql-query-editor').getByText('employeesAggregate').first().waitFor();
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await expect
      .poll(() => page.locator('.graphiql-response').textContent(), { timeout: 20_000 })
      .toMatch(/"300"/);
    await signOutButton(page).waitFor();
  });

  it.each(['/', '/graphql'])('ends with sign-out on %s, here and at the provider', async (path) => {
    const page = await open('/');
    await signInLink(page).click();
    await signedIn(page);
    await page.goto(path);
    const before = provider.signOuts();
    await signOutButton(page).click();
    await signInLink(page).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    expect(provider.signOuts()).toBe(before + 1);
    expect(await page.context().cookies(gateway.url)).toEqual([]);
    expect(await page.evaluate("fetch('/ask/examples.json').then((answer) => answer.status)")).toBe(401);
  });

  it('leads to sign in again when the session has ended, and answers what was asked', async () => {
    const page = await open('/');
    provider.lifetime(30);
    await signInLink(page).click();
    expect(await signedIn(page)).toBe('Ada Lovelace');
    provider.endSessions();
    provider.claims({ name: 'Ada King' });
    provider.lifetime(3_600);
    await askInPage(page, QUESTION);
    await expect.poll(() => signedIn(page), { timeout: 20_000 }).toBe('Ada King');
    provider.claims({});
    expect(await answer(page)).toContain('29');
  });

  it('has room for a long name on a narrow screen', async () => {
    provider.claims({ name: `${'Maximiliane '.repeat(6)}von und zu Hohenberg-Wolkenstein` });
    for (const path of ['/', '/graphql']) {
      const page = await open('/', { viewport: { width: 360, height: 740 } });
      await signInLink(page).click();
      await signedIn(page);
      await page.goto(path);
      await signOutButton(page).waitFor();
      if (path === '/') {
        // The page's other button shows.
        await askInPage(page, QUESTION);
        await page.getByRole('button', { name: 'New conversation' }).waitFor();
      }
      const sideways = 'document.documentElement.scrollWidth - window.innerWidth';
      expect(await page.evaluate(sideways)).toBe(0);
      const box = (await signOutButton(page).boundingBox())!;
      // On the screen, and in one line.
      expect([box.x >= 0, box.y >= 0, box.x + box.width <= 360, box.height < 40]).toEqual(
        Array(4).fill(true),
      );
      if (path === '/') await watched.close();
    }
    provider.claims({});
  });
});
