import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedGateway, startGateway } from '../start-gateway.js';

/** The audits need no server to be listed; each asks for the address when it runs. */
let gateway: StartedGateway;
const audits = serverAudits({ url: () => `${gateway.url}/graphql` });

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway?.close());

describe('GraphQL over HTTP', () => {
  it('has audits of each kind', () => expect(audits.length).toBeGreaterThan(50));

  it.each(
    audits.filter(({ name }) => /^(MUST|SHOULD)/.test(name)).map((audit) => [audit.name, audit] as const),
  )('%s', async (_, audit) => {
    const result = await audit.fn();
    expect(result.status === 'ok' ? 'ok' : result.reason).toBe('ok');
  });
});
