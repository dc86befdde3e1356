import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { Clock } from '#platform';

/** Runs changes of carts that belong together: all of them are stored or none. */
@Injectable()
export class CartTransactions {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** @param Changes what the work may read and write; nothing else in it may wait for a connection of its own */
  run<T, Result>(
    Changes: new (manager: EntityManager, now: Date) => T,
    work: (changes: T) => Promise<Result>,
  ): Promise<Result> {
    return this.dataSource.transaction((manager) => work(new Changes(manager, this.clock.now())));
  }
}
