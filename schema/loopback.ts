/** Whether a host's name or address is this machine's own, which nobody reaches from elsewhere. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}
