import { setTimeout } from 'node:timers/promises';
import { Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

/**
 * Stops an application without losing requests. First it reports that it is not ready, and keeps serving until load
 * balancers have noticed. Then it accepts no more connections, and ends when all requests in progress are answered.
 */
export class Stopping implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Stopping.name);
  private begun = false;

  /**
   * @param delaySeconds how long to keep serving
   * @param timeoutSeconds how long requests in progress may take after that
   */
  constructor(
    private readonly delaySeconds: number,
    readonly timeoutSeconds: number,
  ) {}

  get isUnderWay(): boolean {
    return this.begun;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.begun = true;
    this.logger.log({ event: 'app.stopping', delaySeconds: this.delaySeconds });
    await setTimeout(this.delaySeconds * 1000);
  }
}

/** Tells clients to close their connections while the application stops, and closes the rest when the time is over. */
export function useStopping(fastify: FastifyInstance, stopping: Stopping): void {
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping.isUnderWay) void reply.header('connection', 'close');
    done(null, payload);
  });
  fastify.addHook('preClose', (done) => {
    globalThis.setTimeout(() => fastify.server.closeAllConnections(), stopping.timeoutSeconds * 1000).unref();
    done();
  });
}
