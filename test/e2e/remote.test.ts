import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf, postGraphql } from '../post-graphql.js';
import { startGateway } from '../start-gateway.js';
import { makeHome, type StartedProcess, startProcess } from '../start-process.js';

const EVERYTHING = `{
  hr { employeesAggregate(where: {hireDate: {lt: "1990-01-01"}}) { count } }
  legal { claimsAggregate(where: {fraud: {eq: 1}}) { count } }
}`;
const FRAUDS = { claimsAggregate: [{ count: '164' }] };

/** Processes start in a second or two; on a machine that is busy, in much more. */
const PATIENCE = 120_000;

describe('a domain that runs as a server of its own', { timeout: PATIENCE }, () => {
  const home = makeHome('shared');
  let subgraph: StartedProcess;
  let gateway: StartedProcess;

  beforeAll(async () => {
    subgraph = await startSubgraph('0');
    gateway = await startProcess(['serve', '--port', '0'], {
      ASKGRAPH_HOME: home.path,
      SUBGRAPH_HR_URL: `${subgraph.url}/graphql`,
    });
  });
  afterAll(async () => {
    await gateway?.stop();
    await subgraph?.stop();
    home.remove();
  });

  function startSubgraph(port: string): Promise<StartedProcess> {
    return startProcess(['subgraph', 'hr', '--port', port], { ASKGRAPH_HOME: home.path });
  }

  const post = (query: string) => postGraphql(gateway.url, query);
  const ask = (question: string) =>
    postGraphql<{ ask: { status: string; text: string; steps: { engine: string }[] } | null }>(
      gateway.url,
      'query ($input: AskInput!) { ask(input: $input) { status text steps { engine } } }',
      { input: { question } },
    );
  const readiness = async () => (await fetch(`${gateway.url}/health/ready`)).status;

  it('answers typed queries through the gateway, beside the domains in the gateway itself', async () => {
    const { data, errors } = await post(EVERYTHING);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ hr: { employeesAggregate: [{ count: '29' }] }, legal: FRAUDS });
    expect(await readiness()).toBe(200);
  });

  it('answers questions that the typed schema can answer', async () => {
    const { data, errors } = await ask('How many employees were hired before 1990?');
    expect(errors).toBeUndefined();
    expect(data.ask).toMatchObject({ status: 'ANSWERED', text: expect.stringMatching(/\b29\b/) });
    expect(data.ask?.steps).toEqual([{ engine: 'remote' }]);
  });

  it('answers questions that need SQL, which runs where the domain is', async () => {
    const question = 'What is the average salary by department?';
    const { data } = await ask(question);
    const here = await startGateway();
    const expected = await postGraphql<typeof data>(
      here.url,
      'query ($input: AskInput!) { ask(input: $input) { status text steps { engine } } }',
      { input: { question } },
    );
    await here.close();
    expect(data.ask?.status).toBe('ANSWERED');
    expect(data.ask?.text).toBe(expected.data.ask?.text);
    expect(data.ask?.steps).toEqual([{ engine: 'remote' }]);
  });

  it('reports the errors of the domain as its own', async () => {
    const answer = await post('{ hr { employees(limit: 100000) { empNo } } }');
    expect(answer.data).toEqual({ hr: { employees: null } });
    expect(answer.errors).toMatchObject([
      { path: ['hr', 'employees'], extensions: { code: 'BAD_USER_INPUT', serviceName: 'hr' } },
    ]);
  });

  it('answers nobody but its gateway, and says without a signature only whether it is there', async () => {
    const send = (init: RequestInit, path = '/graphql') => fetch(new URL(path, subgraph.url), init);
    expect((await send({}, '/health')).status).toBe(200);
    for (const path of ['/graphql', '/sql', '/description', '/nowhere']) {
      for (const init of [{}, { method: 'POST', body: '{"query":"{ _service { sdl } }"}' }]) {
        const response = await send(init, path);
        expect(response.status).toBe(401);
        expect(await response.json()).toEqual({
          errors: [expect.objectContaining({ extensions: { code: 'SIGNATURE_INVALID' } })],
        });
      }
    }
  });

  it('costs only its own fields while it is down, and answers again when it is back', async () => {
    const { port } = new URL(subgraph.url);
    subgraph.process.kill('SIGKILL');
    await subgraph.finished;

    const down = await post(EVERYTHING);
    expect(down.status).toBe(200);
    expect(down.data).toEqual({ hr: null, legal: FRAUDS });
    expect(down.errors).toMatchObject([
      { path: ['hr'], extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'hr' } },
    ]);
    expect(await readiness()).toBe(503);
    const unanswered = await ask('How many employees were hired before 1990?');
    expect(unanswered.data).toEqual({ ask: null });
    expect(codesOf(unanswered)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect((await ask('How many ticket sales are there?')).data.ask?.status).toBe('ANSWERED');

    subgraph = await startSubgraph(port);
    const back = await post(EVERYTHING);
    expect(back.errors).toBeUndefined();
    expect(back.data).toEqual({ hr: { employeesAggregate: [{ count: '29' }] }, legal: FRAUDS });
    expect(await readiness()).toBe(200);
  });

  it('may come up after the gateway', async () => {
    const { port } = new URL(subgraph.url);
    expect((await subgraph.stop()).code).toBe(0);
    const early = await startProcess(['serve', '--port', '0'], {
      ASKGRAPH_HOME: home.path,
      SUBGRAPH_HR_URL: `http://127.0.0.1:${port}/graphql`,
    });
    const first = await postGraphql(early.url, EVERYTHING);
    expect(first.data).toEqual({ hr: null, legal: FRAUDS });
    expect(codesOf(first)).toEqual(['SUBGRAPH_UNAVAILABLE']);

    subgraph = await startSubgraph(port);
    const second = await postGraphql(early.url, EVERYTHING);
    expect(second.data).toEqual({ hr: { employeesAggregate: [{ count: '29' }] }, legal: FRAUDS });
    expect((await early.stop()).code).toBe(0);
  });
});
