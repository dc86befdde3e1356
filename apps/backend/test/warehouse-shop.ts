import { randomUUID } from 'node:crypto';
import type { User } from '#auth';
import { createUser, PASSWORD, startTestApp, type Answer, type TestApp } from '#testing';
import { createBackend } from '../src/backend.js';
import { WarehouseUserAssignment } from '../src/warehouse-user-assignments/warehouse-user-assignment.entity.js';
import { Warehouse } from '../src/warehouse-user-assignments/warehouse.entity.js';

export const PATH = '/warehouse-user-assignments';

/** The backend app with a Back Office user that is logged in, and ways to bring users, warehouses and assignments. */
export class WarehouseShop {
  private constructor(
    readonly app: TestApp,
    readonly backOffice: string,
  ) {}

  static async open(): Promise<WarehouseShop> {
    const app = await startTestApp(createBackend);
    return new WarehouseShop(app, await login(app, await createUser(app.dataSource)));
  }

  login = (user: User): Promise<string> => login(this.app, user);

  /** A user flagged warehouse user, with the role `warehouse`. */
  warehouseUser = (overrides: Partial<User> = {}): Promise<User> =>
    createUser(this.app.dataSource, { roles: ['warehouse'], isWarehouseUser: true, ...overrides });

  warehouse = (overrides: Partial<Warehouse> = {}): Promise<Warehouse> =>
    this.app.dataSource.getRepository(Warehouse).save({ uuid: randomUUID(), name: 'Hamburg Quay 4', ...overrides });

  /** An assignment as stored, of a new user to a new warehouse where none is given. */
  async assignment(overrides: { user?: User; warehouse?: Warehouse; isActive?: boolean } = {}) {
    const user = overrides.user ?? (await this.warehouseUser());
    const warehouse = overrides.warehouse ?? (await this.warehouse());
    const row = {
      uuid: randomUUID(),
      userId: user.id,
      warehouseId: warehouse.id,
      isActive: overrides.isActive ?? false,
    };
    await this.app.dataSource.getRepository(WarehouseUserAssignment).insert(row);
    return { uuid: row.uuid, user, warehouse };
  }

  get = (suffix = '', token = this.backOffice): Promise<Answer> => this.app.api.get(`${PATH}${suffix}`, { token });
  post = (attributes: object, token = this.backOffice): Promise<Answer> =>
    this.app.api.post(PATH, attributes, { token });
  patch = (uuid: string, attributes: object, token = this.backOffice): Promise<Answer> =>
    this.app.api.patch(`${PATH}/${uuid}`, attributes, { token });
  delete = (uuid: string, token = this.backOffice): Promise<Answer> =>
    this.app.api.delete(`${PATH}/${uuid}`, { token });

  /** The uuids of a user's active assignments. */
  async activeOf({ id }: User): Promise<string[]> {
    const rows = await this.app.dataSource
      .getRepository(WarehouseUserAssignment)
      .findBy({ userId: id, isActive: true });
    return rows.map(({ uuid }) => uuid);
  }
}

/** All errors of an answer as `status code detail`. */
export function errorsOf({ json }: Answer): string[] {
  const errors = (json?.errors ?? []) as { status: number; code?: string; detail: string }[];
  return errors.map(({ status, code, detail }) => [status, code, detail].filter(Boolean).join(' '));
}

/** The ids of the resources of a list, in its order. */
export function idsOf({ json }: Answer): string[] {
  return (json.data as { id: string }[]).map(({ id }) => id);
}

async function login({ api }: TestApp, { username }: User): Promise<string> {
  const answer = await api.form('/token', { grant_type: 'password', username, password: PASSWORD });
  return answer.json.access_token as string;
}
