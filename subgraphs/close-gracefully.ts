import type { Server } from 'node:http';

const SWEEP_MILLISECONDS = 50;
const PATIENCE_MILLISECONDS = 10_000;

/**
 * Closes a server by what closes it, once all that is under way is answered. Connections that clients keep after
 * their answer don't hold it, and what is not answered in ten seconds is cut off.
 */
export async function closeGracefully(server: Server, close: () => Promise<void>): Promise<void> {
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MILLISECONDS);
  const hurry = setTimeout(() => server.closeAllConnections(), PATIENCE_MILLISECONDS);
  try {
    await close();
  } finally {
    clearInterval(sweep);
    clearTimeout(hurry);
  }
}
