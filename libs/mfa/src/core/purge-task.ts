import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { MfaService } from './mfa.service.js';

const INTERVAL_MS = 600_000;

/** Deletes expired data every ten minutes. Several instances can run at the same time. */
@Injectable()
export class PurgeTask implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(PurgeTask.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly mfa: MfaService) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), INTERVAL_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async run(): Promise<void> {
    try {
      const purged = await this.mfa.purge();
      this.logger.debug({ event: 'mfa.purged', purged });
    } catch (error) {
      this.logger.warn({ event: 'mfa.purge_failed', err: error });
    }
  }
}
