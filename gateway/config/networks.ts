import { BlockList, isIP } from 'node:net';

/** IP addresses and networks. */
export interface Networks {
  /** Whether it is one of them or in one of them; an IPv4 address may be written as IPv6 has it. */
  has(address: string | undefined): boolean;
}

/** Makes them of what `isNetwork` has accepted. */
export function makeNetworks(entries: readonly string[]): Networks {
  const list = new BlockList();
  for (const entry of entries) {
    const [ip = '', bits] = entry.split('/');
    if (bits === undefined) list.addAddress(ip, familyOf(ip));
    else list.addSubnet(ip, Number(bits), familyOf(ip));
  }
  return {
    has(address = '') {
      const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
      return isIP(plain) !== 0 && list.check(plain, familyOf(plain));
    },
  };
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
