import { generateKeyPairSync } from 'node:crypto';
import { type SnowflakeFake, startSnowflakeFake } from '../../test/fakes/snowflake-server.js';
import { SHOP_DATA } from '../../test/fixtures/shop.js';

export const TIMED_OUT = 'SELECT timed_out';
export const NO_WAREHOUSE = 'SELECT no_warehouse';

export const key = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
export const lockedKey = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' },
});

/** An account with the shop's data, users who sign in by password and by key, and results in small chunks. */
export function startFinanceFake(): Promise<SnowflakeFake> {
  return startSnowflakeFake({
    setup: [...SHOP_DATA, 'CREATE TABLE numbers AS SELECT range::INTEGER AS n FROM range(4000)'],
    account: 'myorg-finance',
    users: {
      ANALYST: { password: 'correct horse' },
      ROBOT: { publicKey: key.publicKey },
      VAULT: { publicKey: lockedKey.publicKey },
    },
    rowsInline: 50,
    rowsInChunk: 500,
    holdMilliseconds: 150,
    failures: {
      [TIMED_OUT]: { code: '000630', message: 'Statement reached its statement or warehouse timeout.' },
      [NO_WAREHOUSE]: { code: '000606', message: 'No active warehouse selected in the current session.' },
    },
  });
}
