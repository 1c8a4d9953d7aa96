import type { IncomingMessage } from 'node:http';
import type { ProxyConfig } from '../config/identity-settings.js';
import { makeNetworks } from '../config/networks.js';
import type { Identity } from './identity.js';
import { type Credential, singleHeader } from './presented.js';

/** Proxies that sign people in, and tell who it is in headers. From everybody else these headers are nothing. */
export interface TrustedProxy {
  credential(request: IncomingMessage): Extract<Credential, { kind: 'proxy' }> | undefined;
}

export function trustedProxy({ addresses, subjectHeader, rolesHeader }: ProxyConfig): TrustedProxy {
  const trusted = makeNetworks(addresses);
  return {
    credential(request) {
      // The address of the connection, never one that a header tells.
      if (!trusted.has(request.socket.remoteAddress)) return undefined;
      const subject = textOf(singleHeader(request, subjectHeader));
      if (subject === undefined || subject === '') return undefined;
      return { kind: 'proxy', subject, roles: textOf(singleHeader(request, rolesHeader)) };
    },
  };
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
