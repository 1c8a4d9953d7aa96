import type { Caller } from '../../subgraphs/request-context.js';

/** Who asks, and how that is known. */
export interface Identity {
  readonly caller: Caller;
  readonly method: 'token' | 'apiKey' | 'proxy' | 'session' | 'anonymous';
  /** When it ends, and with it whatever goes on in its name. */
  readonly expiresAt?: Date;
}
