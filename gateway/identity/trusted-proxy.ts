import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import type { ProxyConfig } from '../config/identity-settings.js';
import type { Identity } from './identity.js';
import { type Credential, singleHeader } from './presented.js';

/** Proxies that sign people in, and tell who it is in headers. From everybody else these headers are nothing. */
export interface TrustedProxy {
  credential(request: IncomingMessage): Extract<Credential, { kind: 'proxy' }> | undefined;
}

export function trustedProxy({ addresses, subjectHeader, rolesHeader }: ProxyConfig): TrustedProxy {
  const trusted = new BlockList();
  for (const entry of addresses) {
    const [ip = '', bits] = entry.split('/');
    const family = isIPv6(ip) ? 'ipv6' : 'ipv4';
    if (bits === undefined) trusted.addAddress(ip, family);
    else trusted.addSubnet(ip, Number(bits), family);
  }
  return {
    credential(request) {
      if (!isTrusted(trusted, request.socket.remoteAddress)) return undefined;
      const subject = textOf(singleHeader(request, subjectHeader));
      if (subject === undefined || subject === '') return undefined;
      return { kind: 'proxy', subject, roles: textOf(singleHeader(request, rolesHeader)) };
    },
  };
}

/** The address of the connection, never one that a header tells. */
function isTrusted(trusted: BlockList, address: string | undefined): boolean {
  if (address === undefined) return false;
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return trusted.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
}

/** Names may be in any script; Node reads headers byte by byte. */
function textOf(header: string | undefined): string | undefined {
  return header === undefined ? undefined : Buffer.from(header, 'latin1').toString('utf8').trim();
}

export function proxyIdentity({ subject, roles }: Extract<Credential, { kind: 'proxy' }>): Identity {
  const list = (roles ?? '')
    .split(',')
    .map((role) => role.trim())
    .filter((role) => role !== '');
  return { caller: { subject, roles: [...new Set(list)], claims: {} }, method: 'proxy' };
}
