import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from '../start-gateway.js';
import { findChromium, launchBrowser, openPage, type WatchedPage } from './browser.js';

const chromiumPath = findChromium();
if (chromiumPath === undefined) {
  console.info('The browser tests are skipped: no Chromium was found. Install one, or set CHROMIUM_PATH.');
}

describe.skipIf(chromiumPath === undefined)('the Ask page', () => {
  let gateway: Awaited<ReturnType<typeof startGateway>>;
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    gateway = await startGateway();
    browser = await launchBrowser(chromiumPath ?? '');
  });

  afterEach(async () => {
    const problems = [...watched.problems];
    await watched.close();
    expect(problems).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
  });

  async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    watched = await openPage(browser, new URL(gateway.url).origin, options);
    await watched.page.goto(path);
    return watched.page;
  }

  it('has the question box in focus and answers on Enter, staying there for the next question', async () => {
    const page = await open('/');
    await expect.poll(() => focusedId(page)).toBe('question');
    await page.keyboard.type('How many ticket sales are there?');
    await page.keyboard.press('Enter');
    expect(await newestAnswerText(page)).toContain('172,456');
    expect(await questionBox(page).inputValue()).toBe('');
    expect(await focusedId(page)).toBe('question');
    expect(await page.title()).toBe('How many ticket sales are there? – Askgraph');
    expect(await page.getByRole('status').first().textContent()).toContain('172,456');
  });

  it('starts a new line on Shift + Enter and asks nothing', async () => {
    const page = await open('/');
    await questionBox(page).fill('How many');
    await page.keyboard.press('Shift+Enter');
    expect(await questionBox(page).inputValue()).toBe('How many\n');
    expect(await page.getByRole('article').count()).toBe(0);
  });

  it('answers an example question and takes the keyboard to its answer', async () => {
    const page = await open('/');
    const example = page.locator('.chip').first();
    const question = await example.textContent();
    await example.click();
    await newestAnswerText(page);
    const heading = newest(page).getByRole('heading', { level: 2 });
    expect(await heading.textContent()).toBe(question);
    expect(await focusedId(page)).toBe(await heading.getAttribute('id'));
  });

  it('shows a table with labels, numbers at the right and the count of its rows', async () => {
    const page = await open('/');
    await ask(page, 'Show total commission by month');
    const table = newest(page).getByRole('table');
    await table.waitFor();
    expect(await table.locator('tbody tr').count()).toBe(12);
    expect(await newest(page).locator('figcaption').first().textContent()).toMatch(/12 (of .* )?rows/);
    expect(await table.locator('td.number').first().textContent()).toMatch(/^\d{1,3}(,\d{3})*(\.\d+)?$/);
    expect(await page.evaluate("getComputedStyle(document.querySelector('td.number')).textAlign")).toBe(
      'end',
    );
  });

  it('keeps earlier answers below the newest, in one conversation', async () => {
    const page = await open('/');
    await ask(page, 'How many ticket sales are there?');
    await newestAnswerText(page);
    const [request] = await Promise.all([
      page.waitForRequest((sent) => sent.method() === 'POST'),
      ask(page, 'How many employees were hired before 1990?'),
    ]);
    await expect.poll(() => newestAnswerText(page)).toContain('29');
    expect(request.postDataJSON().variables.input.conversationId).toBeTruthy();
    const asked = await page.getByRole('article').getByRole('heading', { level: 2 }).allTextContents();
    expect(asked).toEqual(['How many employees were hired before 1990?', 'How many ticket sales are there?']);
  });

  it('says that a question was not understood, as an answer and not as a fault', async () => {
    const page = await open('/');
    await ask(page, 'How many glorps did the fnordish blimble?');
    expect((await newestAnswerText(page)).length).toBeGreaterThan(20);
    expect(await newest(page).locator('.badge').textContent()).toBe('Not understood');
    expect(await newest(page).getByRole('button', { name: 'Ask again' }).count()).toBe(0);
  });

  it('asks the question of its address', async () => {
    const page = await open(`/?${new URLSearchParams({ q: 'How many employees were hired before 1990?' })}`);
    expect(await newestAnswerText(page)).toContain('29');
  });

  it('cancels on Esc and gives the question back', async () => {
    const page = await open('/');
    await page.route('**/graphql', () => undefined);
    await ask(page, 'How many ticket sales are there?');
    await newest(page).getByText('Asking…').waitFor();
    await page.keyboard.press('Escape');
    await newest(page).getByText('Cancelled').waitFor();
    expect(await questionBox(page).inputValue()).toBe('How many ticket sales are there?');
    expect(await focusedId(page)).toBe('question');
  });

  it('says when the gateway cannot be reached, and asks again', async () => {
    const page = await open('/');
    await page.locator('.chip').first().waitFor();
    await page.route('**/graphql', (route) => route.abort());
    await ask(page, 'How many ticket sales are there?');
    await newest(page).getByText('Askgraph could not be reached').waitFor();
    // The browser itself reports the broken request.
    watched.problems.length = 0;
    await page.unroute('**/graphql');
    await newest(page).getByRole('button', { name: 'Ask again' }).click();
    expect(await newestAnswerText(page)).toContain('172,456');
  });

  it('holds back a question that is too long and says so', async () => {
    const page = await open('/');
    await ask(page, 'why '.repeat(501));
    await page.getByText('2,004 of 2,000 characters: too long').waitFor();
    expect(await page.getByRole('article').count()).toBe(0);
  });

  it('opens a step in GraphiQL, where it runs without any other host', async () => {
    const page = await open('/');
    await ask(page, 'How many employees were hired before 1990?');
    await newestAnswerText(page);
    await newest(page)
      .getByText(/\d steps?, with the queries/)
      .click();
    await newest(page).getByRole('link', { name: 'Open in GraphiQL' }).first().click();
    // The button works once the editor holds the query.
    await page.locator('.graphiql-query-editor').getByText('hireDate').first().waitFor();
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await expect
      .poll(() => page.locator('.graphiql-response').textContent(), { timeout: 20_000 })
      .toMatch(/\b29\b/);
    expect(await page.locator('.graphiql-response').textContent()).not.toContain('"errors"');
  });

  it('shows a first typed query and the documentation in GraphiQL, and leads back', async () => {
    const page = await open('/graphql');
    await page.getByText('FirstTypedQuery').first().waitFor();
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    const documentation = page.locator('.graphiql-doc-explorer');
    await documentation.getByText('Query', { exact: true }).click();
    await expect.poll(() => documentation.textContent()).toContain('ask(');
    await page.getByRole('link', { name: 'Ask a question' }).click();
    await questionBox(page).waitFor();
  });

  it('needs nothing that a strict Content-Security-Policy forbids', async () => {
    const policy = "default-src 'self'";
    const page = await open('/');
    await page.route(/\/\?q=/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        headers: { ...response.headers(), 'content-security-policy': policy },
      });
    });
    const response = await page.goto('/?q=Top+5+events+by+revenue');
    expect(response?.headers()['content-security-policy']).toBe(policy);
    await newest(page).getByRole('table').waitFor();
    await page.getByRole('button', { name: 'Switch to dark colours' }).click();
  });

  it('does not scroll sideways on a narrow screen', async () => {
    const page = await open('/', { viewport: { width: 360, height: 740 } });
    await page.locator('.chip').first().waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
    await ask(page, 'Top 5 events by revenue');
    await newest(page).getByRole('table').waitFor();
    for (const summary of await newest(page).locator('summary').all()) await summary.click();
    expect(await sidewaysScroll(page)).toBe(0);
  });

  it("follows the system's dark colours until others are chosen, and remembers the choice", async () => {
    const page = await open('/', { colorScheme: 'dark' });
    expect(await brightness(page)).toBeLessThan(60);
    await page.getByRole('button', { name: 'Switch to light colours' }).click();
    expect(await brightness(page)).toBeGreaterThan(200);
    await page.reload();
    await page.getByRole('button', { name: 'Switch to dark colours' }).waitFor();
    expect(await brightness(page)).toBeGreaterThan(200);
  });
});

function questionBox(page: Page): Locator {
  return page.getByLabel('Your question');
}

async function ask(page: Page, question: string): Promise<void> {
  await questionBox(page).fill(question);
  await questionBox(page).press('Enter');
}

/** The newest question with its answer. */
function newest(page: Page): Locator {
  return page.getByRole('article').first();
}

async function newestAnswerText(page: Page): Promise<string> {
  return (await newest(page).locator('.answer-text').textContent()) ?? '';
}

function focusedId(page: Page): Promise<unknown> {
  return page.evaluate('document.activeElement.id');
}

/** By how many pixels the page is wider than its window. */
function sidewaysScroll(page: Page): Promise<unknown> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
}

/** Of the page's background, from 0 (black) to 255 (white). */
async function brightness(page: Page): Promise<number> {
  const colour = await page.evaluate('getComputedStyle(document.body).backgroundColor');
  const channels = String(colour).match(/\d+/g)?.slice(0, 3).map(Number) ?? [];
  return channels.reduce((sum, channel) => sum + channel, 0) / channels.length;
}
