import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { WarehouseTokenService, type IssuedTokens, type Principal } from '#auth';
import { prepared, type Statement } from '#platform';

/** The user before the assignment, as whatever changes assignments; both stay as they are until the session is open. */
const LOCK_WORKPLACE: Statement = {
  name: 'warehouse_lock_workplace',
  text: `
    SELECT w.uuid AS "warehouseUuid"
    FROM user_account u JOIN warehouse_user_assignment a ON a.user_id = u.id JOIN warehouse w ON w.id = a.warehouse_id
    WHERE u.id = $1 AND u.status = 'active' AND u.is_warehouse_user AND a.is_active
    FOR SHARE OF u, a`,
};

/** Where users work, and the sessions for there. */
@Injectable()
export class WarehouseTokensRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly tokens: WarehouseTokenService,
  ) {}

  /** @returns undefined when the caller is no warehouse user with an active assignment */
  async open(principal: Principal): Promise<IssuedTokens | undefined> {
    const issued = await this.dataSource.transaction(async (manager) => {
      const userId = principal.account?.kind === 'user' ? principal.account.id : null;
      const [workplace] = await prepared<{ warehouseUuid: string }>(manager, LOCK_WORKPLACE, [userId]);
      return workplace && this.tokens.open(principal, workplace.warehouseUuid, manager);
    });
    if (issued) await this.tokens.endOldest(principal);
    return issued;
  }
}
