import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { Store } from './store.entity.js';

@Injectable()
export class StoresRepository {
  constructor(@InjectRepository(Store) private readonly stores: Repository<Store>) {}

  findByName(name: string, manager: EntityManager = this.stores.manager): Promise<Store | null> {
    return manager.findOneBy(Store, { name });
  }

  /** @returns null if there is no store */
  async findDefault(): Promise<Store | null> {
    const [store] = await this.stores.find({ order: { id: 'ASC' }, take: 1 });
    return store ?? null;
  }
}
