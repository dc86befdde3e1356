import { Injectable } from '@nestjs/common';

/**
 * What must come to its end though its client is gone: a stop of the application waits for it, when no request comes any
 * more and the database is still there.
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
