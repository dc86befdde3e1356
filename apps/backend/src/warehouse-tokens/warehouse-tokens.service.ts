import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { WarehouseTokenService, type IssuedTokens, type Principal } from '#auth';
import { WarehouseTokensRepository } from './warehouse-tokens.repository.js';

/** Opens sessions for the warehouses in which users work. */
@Injectable()
export class WarehouseTokensService {
  constructor(
    private readonly workplaces: WarehouseTokensRepository,
    private readonly tokens: WarehouseTokenService,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /** @returns undefined if the caller is not a warehouse user with an active assignment */
  async open(principal: Principal): Promise<IssuedTokens | undefined> {
    const { account } = principal;
    if (account?.kind !== 'user') return undefined;
    const issued = await this.dataSource.transaction(async (manager) => {
      const warehouseUuid = await this.workplaces.lockWorkplace(account.id, manager);
      return warehouseUuid === undefined ? undefined : this.tokens.open(principal, warehouseUuid, manager);
    });
    if (issued) await this.tokens.endOldest(principal);
    return issued;
  }
}
