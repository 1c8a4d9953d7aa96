import type { FastifyInstance } from 'fastify';
import { asAskgraphError } from '../schema/errors.js';
import type { Gateway } from './open-gateway.js';

/**
 * `/health/live`: the process answers. `/health/ready`: the store and every domain do, and questions can be read. Whoever
 * asks has not said who they are, and hears no domain's name: that is in the log.
 */
export function serveHealth(fastify: FastifyInstance, gateway: Gateway): void {
  fastify.get('/health/live', async () => ({ status: 'live' }));
  fastify.get('/health/ready', async (request, reply) => {
    try {
      await gateway.checkHealth();
      return { status: 'ready' };
    } catch (thrown) {
      const error = asAskgraphError(
        thrown,
        'SOURCE_UNAVAILABLE',
        'Something the gateway needs does not answer.',
      );
      request.log.warn({ error }, 'not ready');
      return reply.status(503).send({
        status: 'unavailable',
        code: error.code,
        message: error.domain === undefined ? error.message : 'A domain does not answer.',
      });
    }
  });
}
