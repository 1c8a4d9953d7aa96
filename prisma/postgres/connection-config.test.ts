import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES, type TestPlace } from '../engines.test-helper.js';
import { openBudgetUse } from '../open-budget-use.js';
import { connectionConfig } from './connection-config.js';

const tlsOf = (url: string) =>
  new URL(String(connectionConfig(new URL(url)).connectionString)).searchParams.get('sslmode');

describe('the way to the store', () => {
  it.each([
    ['postgresql://db.example.com/store', 'verify-full'],
    ['postgresql://10.0.0.7/store?sslmode=require', 'verify-full'],
    ['postgresql://db.example.com/store?sslmode=verify-ca', 'verify-full'],
    ['postgresql://db.example.com/store?sslmode=no-verify', 'no-verify'],
    ['postgresql://db.example.com/store?sslmode=disable', 'disable'],
    ['postgresql://127.0.0.1/store', 'disable'],
    ['postgresql://[::1]/store', 'disable'],
    ['postgresql:///store?host=/var/run/postgresql', 'disable'],
    ['postgresql://localhost/store?host=db.example.com', 'verify-full'],
    ['postgresql://localhost/store?sslrootcert=/etc/ca.pem', 'verify-full'],
  ])('to %s is %s', (url, mode) => expect(tlsOf(url)).toBe(mode));

  it.each(['sslmode=prefer', 'sslmode=allow', 'sslmode=', 'schema=askgraph'])('refuses %s', (parameter) =>
    expect(() => tlsOf(`postgresql://db.example.com/store?${parameter}`)).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION_INVALID' }),
    ),
  );
});

const postgres = ENGINES.find(({ name }) => name === 'PostgreSQL');

describe.skipIf(postgres === undefined)('a store whose server speaks TLS', () => {
  let folder: string;
  let place: TestPlace;
  let server: Awaited<ReturnType<typeof serveTls>>;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'askgraph-tls-'));
    makeCertificate(folder);
    place = await postgres!.make();
    server = await serveTls(folder, new URL(place.url));
  });
  afterAll(async () => {
    server.close();
    await place.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (parameters: Record<string, string>) => {
    const url = new URL(place.url);
    url.host = `localhost:${server.port}`;
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    await (await openBudgetUse({ url: url.href, now: () => new Date(0) })).close();
  };

  it('is opened over TLS where the certificate is known', async () => {
    await open({ sslrootcert: path.join(folder, 'certificate.pem') });
    expect(server.encrypted()).toBeGreaterThan(0);
  });

  it('is not opened where nobody known vouches for the certificate, unless the URL says so', async () => {
    await expect(open({ sslmode: 'verify-full' })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(open({ sslmode: 'require' })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('its certificate is not trusted'),
    });
    await open({ sslmode: 'no-verify' });
  });
});

function makeCertificate(folder: string): void {
  const parameters =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost';
  const names = ['-addext', 'subjectAltName=DNS:localhost', '-keyout', 'key.pem', '-out', 'certificate.pem'];
  execFileSync('openssl', [...parameters.split(' '), ...names], { cwd: folder, stdio: 'ignore' });
}

/** What PostgreSQL does where it has a certificate, before the real one: an SSLRequest is answered with "S", then TLS. */
async function serveTls(folder: string, target: URL) {
  const key = readFileSync(path.join(folder, 'key.pem'));
  const cert = readFileSync(path.join(folder, 'certificate.pem'));
  let encrypted = 0;
  const pass = (from: Socket, to: Socket) => {
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  };
  const server = createServer((plain) => {
    plain.on('error', () => {});
    plain.once('data', () => {
      plain.write('S');
      const secure = new TLSSocket(plain, { isServer: true, key, cert });
      secure.on('secure', () => encrypted++);
      const upstream = connect(Number(target.port || 5432), target.hostname);
      pass(secure, upstream);
      pass(upstream, secure);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, encrypted: () => encrypted, close: () => server.close() };
}
