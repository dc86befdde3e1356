import { setTimeout } from 'node:timers/promises';
import { Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

/**
 * The stop of an application without a lost request: first it says that it is not ready, and goes on serving until load
 * balancers have noticed; then it accepts no connection, and ends when what is under way was answered.
 */
export class Stopping implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Stopping.name);
  private begun = false;

  /** @param timeoutSeconds for answers that are under way, once no connection is accepted any more */
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

/** Has clients leave connections that will not live on, and ends those that nobody leaves. */
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
