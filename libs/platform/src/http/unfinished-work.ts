import { Injectable } from '@nestjs/common';

/**
 * Work that must finish even if its client has disconnected. When the application stops, it waits for this work after
 * the last request and before the database is closed.
 */
@Injectable()
export class UnfinishedWork {
  private readonly underWay = new Set<Promise<unknown>>();

  /** @returns the work */
  async track<Result>(work: Promise<Result>): Promise<Result> {
    this.underWay.add(work);
    try {
      return await work;
    } finally {
      this.underWay.delete(work);
    }
  }

  async ended(): Promise<void> {
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay);
  }
}
