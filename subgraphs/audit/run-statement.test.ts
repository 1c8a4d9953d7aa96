import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AskgraphError } from '../../schema/errors.js';
import { type OpenShop, openShop, shopCatalog } from '../../test/fixtures/shop.js';
import { guard } from '../sql/guard.js';
import { makeStatement, type Statement } from '../sql/statement.js';
import type { AuditEntry, AuditTrail } from './audit-trail.js';
import { explainStatement, runStatement } from './run-statement.js';

let shop: OpenShop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const signal = new AbortController().signal;
const caller = { subject: 'ann', roles: [], claims: {} };

/** A trail in memory, and how many statements the shop's engine was given. */
function watch(record: AuditTrail['record'] | undefined = undefined) {
  const entries: AuditEntry[] = [];
  const ran: string[] = [];
  const audit: AuditTrail = {
    record:
      record ??
      (async (entry) => {
        entries.push(entry);
        return { chain: 'c', sequence: entries.length };
      }),
    note: (entry) => void entries.push(entry),
  };
  const connector = {
    engine: 'duckdb',
    query: (statement: Statement) => {
      ran.push(statement.text);
      return shop.connector.query(statement);
    },
  };
  const run = (statement: Statement, meter?: { scanned(bytes: number): void }, stop = signal) =>
    runStatement(
      statement,
      { domain: 'shop', connector, audit },
      { requestId: 'r', caller, asOf: new Date(0), signal: stop, ...(meter === undefined ? {} : { meter }) },
    );
  return { entries, ran, run, audit };
}

const limits = { rowLimit: 10, signal };

describe('a statement', () => {
  it('is on record before it runs and after, with what it reads', async () => {
    const { entries, run } = watch();
    const { dialect } = shop.connector;
    const text = 'SELECT c.name FROM customer AS c JOIN orders AS o ON o.customer_id = c.customer_id LIMIT 1';
    await run(await guard(text, { catalog: shopCatalog, dialect, limits }));
    expect(entries).toMatchObject([
      {
        kind: 'statement',
        decision: 'allowed',
        facts: { reads: { customer: ['customer_id', 'name'], orders: ['customer_id'] } },
      },
      { kind: 'result', decision: 'succeeded', facts: { statement: 1, rows: 1 } },
    ]);
  });

  it('that fails is on record with its code, and nothing that the engine said', async () => {
    const { entries, run } = watch();
    const statement = makeStatement(`SELECT CAST('a secret' AS INTEGER) AS n`, [], undefined, limits);
    await expect(run(statement)).rejects.toMatchObject({ code: 'QUERY_FAILED' });
    expect(entries).toMatchObject([
      { kind: 'statement' },
      { kind: 'result', decision: 'failed', code: 'QUERY_FAILED' },
    ]);
    expect(JSON.stringify(entries[1])).not.toContain('secret');
  });

  it('that is only planned is on record as that, before and after', async () => {
    const { entries, audit } = watch();
    const explain = (text: string) =>
      explainStatement(
        makeStatement(text, [], undefined, limits),
        { domain: 'shop', connector: shop.connector, audit },
        { requestId: 'r', caller, asOf: new Date(0), signal },
      );
    await explain('SELECT name FROM customer');
    await expect(explain('SELECT nothing FROM customer')).rejects.toMatchObject({ code: 'QUERY_FAILED' });
    expect(entries).toMatchObject([
      { kind: 'statement', decision: 'allowed', facts: { dryRun: true, engine: 'duckdb' } },
      { kind: 'result', decision: 'succeeded', facts: { statement: 1 } },
      { kind: 'statement', facts: { dryRun: true } },
      { kind: 'result', decision: 'failed', code: 'QUERY_FAILED' },
    ]);
    expect(entries[0]?.texts).toEqual({ sql: 'SELECT name FROM customer' });
  });

  it('does not run where its intent cannot be recorded', async () => {
    const { ran, run } = watch(() => Promise.reject(new AskgraphError('AUDIT_UNAVAILABLE', 'No.')));
    const statement = makeStatement('SELECT 1 AS n', [], undefined, limits);
    await expect(run(statement)).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect(ran).toEqual([]);
  });

  it('waits for its record no longer than for its answer', async () => {
    const { ran, run } = watch(() => new Promise(() => {}));
    const stop = new AbortController();
    const statement = makeStatement('SELECT 1 AS n', [], undefined, limits);
    const running = run(statement, undefined, stop.signal);
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(ran).toEqual([]);
  });

  it('counts the bytes that it read for whoever asked', async () => {
    const counted: number[] = [];
    const { dialect } = shop.connector;
    const connector = {
      engine: 'athena',
      query: async (statement: Statement) => ({
        ...(await shop.connector.query(statement)),
        bytesScanned: '12345',
      }),
    };
    await runStatement(
      await guard('SELECT name FROM customer', { catalog: shopCatalog, dialect, limits }),
      {
        domain: 'shop',
        connector,
        audit: { record: async () => ({ chain: 'c', sequence: 1 }), note: () => {} },
      },
      {
        requestId: 'r',
        caller,
        asOf: new Date(0),
        signal,
        meter: { scanned: (bytes) => void counted.push(bytes) },
      },
    );
    expect(counted).toEqual([12_345]);
  });
});
