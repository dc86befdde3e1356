import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { ADMINISTRATOR_ROLE } from '#auth';
import { ApiException } from '#json-api';
import { BACKEND_ERRORS } from '../backend-errors.js';

/** Who acts as an administrator when it is done, not only when the request came. */
@Injectable()
export class AdministratorsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Runs work in a transaction in which the user stays an administrator; a deactivation waits for it, or is seen.
   *
   * @throws ApiException 403 for one who is none any more
   */
  async during<T>(id: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      const found = await manager.query<unknown[]>(
        `SELECT FROM user_account WHERE id = $1 AND status = 'active' AND $2 = ANY (roles) FOR SHARE`,
        [id, ADMINISTRATOR_ROLE],
      );
      if (found.length === 0) throw new ApiException(BACKEND_ERRORS.forbidden);
      return work(manager);
    });
  }
}
