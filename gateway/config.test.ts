import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

describe('readConfig', () => {
  it('needs no setting', () =>
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      home: '.askgraph',
      storeUrl: 'file:.askgraph/store.db',
      storeRows: 'kept',
      logLevel: 'info',
      corsOrigins: [],
      requestTimeoutMilliseconds: 30_000,
      traffic: expect.objectContaining({ timeoutMilliseconds: 20_000, deduplication: 'off' }),
      requestLimitBytes: 1_000_000,
      remoteSubgraphs: new Map(),
    }));

  it('reads every setting from its variable', () => {
    const environment = {
      HOST: '0.0.0.0',
      PORT: '0',
      ASKGRAPH_HOME: '/var/askgraph',
      DATABASE_URL: 'file:/data/store.db',
      ASKGRAPH_STORE_ROWS: 'leftOut',
      LOG_LEVEL: 'silent',
      CORS_ORIGINS: 'https://a.example, https://b.example ,',
      REQUEST_TIMEOUT_MS: '1',
      SUBGRAPH_TIMEOUT_MS: '3600000',
      REQUEST_LIMIT_BYTES: '1000',
    };
    const config = readConfig(environment);
    expect(config).toMatchObject({
      host: '0.0.0.0',
      port: 0,
      home: '/var/askgraph',
      storeUrl: 'file:/data/store.db',
      storeRows: 'leftOut',
      logLevel: 'silent',
      corsOrigins: ['https://a.example', 'https://b.example'],
      requestTimeoutMilliseconds: 1,
      traffic: expect.objectContaining({ timeoutMilliseconds: 3_600_000 }),
      requestLimitBytes: 1000,
    });
    expect(config.environment).toBe(environment);
  });

  it('keeps the store in the home folder unless told otherwise', () =>
    expect(readConfig({ ASKGRAPH_HOME: '/srv/a' }).storeUrl).toBe('file:/srv/a/store.db'));

  it('stay in the home folder whatever its name is', () => {
    const config = readConfig({ ASKGRAPH_HOME: '/srv/50% #1?' });
    expect(config.storeUrl).toBe('file:/srv/50%25 %231%3F/store.db');
    expect(config.audit.anchors).toBe('/srv/50% #1?/store.db-anchors.jsonl');
  });

  it('takes an empty variable for an unset one', () =>
    expect(readConfig({ PORT: '', HOST: '', DATABASE_URL: '', LOG_LEVEL: '' })).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      logLevel: 'info',
    }));

  it.each([
    ['PORT', 'http'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['DATABASE_URL', 'mysql://localhost/db'],
    ['ASKGRAPH_STORE_ROWS', 'maybe'],
    ['LOG_LEVEL', 'loud'],
    ['REQUEST_TIMEOUT_MS', '0'],
    ['REQUEST_TIMEOUT_MS', 'soon'],
    ['SUBGRAPH_TIMEOUT_MS', '3600001'],
    ['REQUEST_LIMIT_BYTES', '999'],
  ])('refuses %s=%s and names it', (name, value) =>
    expect(() => readConfig({ [name]: value })).toThrow(
      expect.objectContaining({
        code: 'CONFIGURATION_INVALID',
        message: expect.stringContaining(`${name}: `),
      }),
    ),
  );

  it.each([
    ['OPERATION_COST', '0'],
    ['OPERATION_LEVELS', '51'],
    ['RATE_LIMIT_POINTS', '-1'],
    ['TRUSTED_PROXIES', '10.0.0.0/8, everyone'],
    ['REDIS_URL', 'http://127.0.0.1'],
    ['BUDGET_MONEY', '2,50'],
    ['AUDIT_DAYS', 'forever'],
    ['ASKGRAPH_AUDIT', 'somewhere'],
    ['ASKGRAPH_AUDIT_FILE_BYTES', '10'],
    ['ASKGRAPH_AUDIT_SYNC', 'sometimes'],
    ['LOG_TEXTS', 'some'],
  ])('refuses %s=%s and names it too', (name, value) =>
    expect(() => readConfig({ [name]: value })).toThrow(
      expect.objectContaining({ message: expect.stringContaining(`${name}: `) }),
    ),
  );

  it('reads a budget of money exactly, and puts anchors beside what they are of', () => {
    const config = readConfig({ BUDGET_MONEY: '2.500001', DATABASE_URL: 'file:///data/a%20b/store.db' });
    expect(config.limits.budget).toEqual({ tokens: 0, bytes: 0, microMoney: 2_500_001 });
    expect(config.audit).toMatchObject({ sink: 'store', anchors: '/data/a b/store.db-anchors.jsonl' });
    expect(
      readConfig({ DATABASE_URL: 'postgresql://db.example.com/store', ASKGRAPH_HOME: '/srv/a' }).audit,
    ).toMatchObject({ sink: 'store', anchors: '/srv/a/store-anchors.jsonl' });
    expect(readConfig({ ASKGRAPH_AUDIT: 'file' }).audit).toMatchObject({
      directory: '.askgraph/audit',
      anchors: '.askgraph/audit-anchors.jsonl',
    });
  });

  it('names every wrong setting at once', () =>
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(/PORT: .*; LOG_LEVEL: /));

  it('reads where domains run as servers of their own', () => {
    const { remoteSubgraphs } = readConfig({
      SUBGRAPH_HR_URL: 'http://127.0.0.1:4101/graphql',
      SUBGRAPH_WEB_SHOP_URL: 'https://shop.example/graphql',
      SUBGRAPH_SALES_URL: '',
      SUBGRAPH_TIMEOUT_MS: '5',
      MY_SUBGRAPH_LEGAL_URL: 'http://x.example',
    });
    expect([...remoteSubgraphs]).toEqual([
      ['hr', 'http://127.0.0.1:4101/graphql'],
      ['web_shop', 'https://shop.example/graphql'],
    ]);
  });

  it.each(['127.0.0.1:4101', 'ftp://a.example', 'graphql', 'file:///etc/passwd'])(
    'refuses a domain at %s',
    (url) =>
      expect(() => readConfig({ SUBGRAPH_HR_URL: url })).toThrow(
        expect.objectContaining({
          code: 'CONFIGURATION_INVALID',
          message: expect.stringContaining(`SUBGRAPH_HR_URL: "${url}" is not an http or https URL.`),
        }),
      ),
  );
});
