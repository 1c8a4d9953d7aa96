import { describe, expect, it } from 'vitest';
import { readSignIn, signIn } from './credentials.js';
import { serverFromEnvironment, tlsOptions } from './server-options.js';

const AWAY = { X_HOST: 'db.example.com', X_DATABASE: 'hr', X_USER: 'reader', X_PASSWORD: 's3cret' };
const read = (variables: Record<string, string>) => serverFromEnvironment(variables, 'X', { port: 3306 });

describe('a server from the environment', () => {
  it('is encrypted by default, with the certificate checked', async () => {
    const address = read(AWAY);
    expect(address).toEqual({
      host: 'db.example.com',
      port: 3306,
      database: 'hr',
      credentials: { kind: 'password', user: 'reader', password: 's3cret' },
      tls: { caFile: undefined },
      connections: 8,
      statementMilliseconds: 60_000,
    });
    expect(await tlsOptions(address.tls)).toEqual({ rejectUnauthorized: true });
  });

  it('is in the clear on this machine, where no password is needed', () => {
    const address = read({ X_HOST: '127.0.0.1', X_DATABASE: 'hr', X_USER: 'reader' });
    expect(address.tls).toBe('off');
    expect(address.credentials).toEqual({ kind: 'password', user: 'reader', password: '' });
  });

  it('is encrypted on this machine too where it is told so', () => {
    const local = { X_HOST: 'localhost', X_DATABASE: 'hr', X_USER: 'reader' };
    expect(read({ ...local, X_TLS: 'on' }).tls).toEqual({ caFile: undefined });
    expect(read({ ...local, X_CA_FILE: '/ca.pem' }).tls).toEqual({ caFile: '/ca.pem' });
  });

  it('takes its credentials from a secret or a token', () => {
    const { X_USER, X_PASSWORD, ...rest } = AWAY;
    expect(read({ ...rest, X_SECRET: 'prod/hr', X_REGION: 'eu-west-1' }).credentials).toEqual({
      kind: 'secret',
      id: 'prod/hr',
      region: 'eu-west-1',
    });
    expect(read({ ...rest, X_USER, X_IAM_REGION: 'eu-west-1' }).credentials).toEqual({
      kind: 'iam',
      user: 'reader',
      region: 'eu-west-1',
    });
    expect(X_PASSWORD).toBe('s3cret');
  });

  it.each([
    [{ X_HOST: '' }, 'X_HOST is not set.'],
    [{ X_DATABASE: '' }, 'X_DATABASE is not set.'],
    [{ X_USER: '' }, 'X_USER is not set.'],
    [{ X_PASSWORD: '' }, 'X_PASSWORD is not set.'],
    [{ X_PORT: 'many' }, 'X_PORT is a whole number above 0, not "many".'],
    [{ X_CONNECTIONS: '0' }, 'X_CONNECTIONS is a whole number above 0, not "0".'],
    [{ X_TLS: 'maybe' }, 'X_TLS is "on" or "off", not "maybe".'],
  ])('says what is wrong with %j', (change, message) => {
    expect(() => read({ ...AWAY, ...change })).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION_INVALID', message }),
    );
  });

  it('names the file of certificates that cannot be read', async () => {
    await expect(tlsOptions({ caFile: '/no/such/ca.pem' })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message: expect.stringContaining('/no/such/ca.pem'),
    });
  });
});

describe('credentials', () => {
  const server = { host: 'db.example.com', port: 3306 };

  it('are those that were given', async () => {
    const given = { kind: 'password', user: 'reader', password: 's3cret' } as const;
    expect(await signIn(given, server)).toEqual({ user: 'reader', password: 's3cret' });
  });

  it('are read from a secret in the form of RDS and Redshift', () => {
    const text = JSON.stringify({ engine: 'mysql', username: 'reader', password: 's3cret', port: 3306 });
    expect(readSignIn('prod/hr', text)).toEqual({ user: 'reader', password: 's3cret' });
    for (const bad of ['', 'not json', 'null', '{"username":"reader"}', '["reader"]']) {
      expect(() => readSignIn('prod/hr', bad)).toThrow(
        expect.objectContaining({
          code: 'CONFIGURATION_INVALID',
          message: expect.not.stringContaining('reader'),
        }),
      );
    }
  });
});
