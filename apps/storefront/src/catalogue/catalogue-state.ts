import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { HealthDetails } from '#platform';
import { CatalogueStateRepository } from './catalogue-state.repository.js';

/** Reports missing parts of the catalogue. An app without them starts, but cannot sell. */
@Injectable()
export class CatalogueState implements HealthDetails, OnApplicationBootstrap {
  private readonly logger = new Logger(CatalogueState.name);

  constructor(private readonly repository: CatalogueStateRepository) {}

  async onApplicationBootstrap(): Promise<void> {
    // the readiness check reports a database that is unavailable or not migrated
    const missing = await this.repository.findMissing().catch(() => []);
    if (missing.length > 0) this.logger.warn({ event: 'catalogue.missing', missing });
  }

  async details(): ReturnType<HealthDetails['details']> {
    const missing = await this.repository.findMissing();
    return missing.length > 0 ? { catalogue: { missing: [...missing] } } : undefined;
  }
}
