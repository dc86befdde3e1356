import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { addNotice, ADMINISTRATOR_ROLE, AGENT_ROLE, endAccountSessions, endSessionsOf } from '#auth';
import type { OwnChanges } from './own-changes.attributes.js';
import type { UserChanges } from './user-changes.attributes.js';
import type { UserData } from './user.resource.js';
import { USER_COLUMNS } from './users.repository.js';

/** What is stored; what is left out stays as it is. */
export interface StoredChanges extends Omit<UserChanges, 'password'> {
  readonly passwordHash?: string;
}

export type Change =
  | { readonly outcome: 'changed'; readonly user: UserData }
  | { readonly outcome: 'username-taken' }
  | { readonly outcome: 'gone' }
  /** Who makes the change may do so no more. */
  | { readonly outcome: 'forbidden' };

export type Former = Pick<UserData, 'id' | 'username' | 'locale' | 'status' | 'roles' | 'isWarehouseUser'>;

/** What else a change takes, in its transaction. */
interface Participants {
  /** What else ends with the sessions. */
  readonly voidCodes: (manager: EntityManager) => Promise<void>;
}

/**
 * The lock waits for logins under way, and they for it: they see what was changed, or are seen. It is also on who makes
 * the change, in the order of ids: of two administrators who deactivate each other one is left.
 */
const LOCK = `
  SELECT id, username, locale, status, roles, is_warehouse_user AS "isWarehouseUser" FROM user_account
  WHERE id = ANY (ARRAY[$1, $2]::bigint[]) ORDER BY id FOR NO KEY UPDATE`;

const UPDATE = `
  UPDATE user_account SET username = coalesce($2, username), first_name = coalesce($3, first_name),
    last_name = coalesce($4, last_name), roles = coalesce($5::text[], roles),
    is_warehouse_user = coalesce($6::boolean, is_warehouse_user), locale = coalesce($7, locale),
    status = coalesce($8, status), password_hash = coalesce($9, password_hash), updated_at = $10
  WHERE id = $1
  RETURNING ${USER_COLUMNS}`;

const UPDATE_OWN = `
  UPDATE user_account SET first_name = coalesce($2, first_name), last_name = coalesce($3, last_name),
    locale = coalesce($4, locale), updated_at = $5
  WHERE id = $1 AND status = 'active'
  RETURNING ${USER_COLUMNS}`;

/** Changes of users, each with all that ends by it. */
@Injectable()
export class UserChangesRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * A new username, a new password and another status end all sessions of the user and void the mailed keys. The loss
   * of the role `agent` or of the warehouse flag ends the sessions that were opened by it; otherwise roles end nothing:
   * each request reads them anew.
   *
   * @param administratorId who makes the change
   */
  async change(
    id: string,
    administratorId: string,
    changes: StoredChanges,
    now: Date,
    { voidCodes }: Participants,
  ): Promise<Change> {
    try {
      return await this.dataSource.transaction(async (manager) => {
        const locked = await manager.query<Former[]>(LOCK, [id, administratorId]);
        if (!locked.some((one) => one.id === administratorId && isAdministrator(one))) return { outcome: 'forbidden' };
        const former = locked.find((one) => one.id === id);
        if (!former) return { outcome: 'gone' };
        const { username, firstName, lastName, roles, isWarehouseUser, locale, status, passwordHash } = changes;
        const values = [username, firstName, lastName, roles, isWarehouseUser, locale, status, passwordHash];
        const [[user]] = await manager.query<[UserData[], number]>(UPDATE, [id, ...values, now]);
        if (!user) return { outcome: 'gone' };
        if (endsSessions(former, user, changes)) {
          await endAccountSessions(manager, { kind: 'user', id }, now);
          await voidCodes(manager);
        } else {
          await endLost(manager, former, user, now);
        }
        await tell(manager, former, user, changes, now);
        return { outcome: 'changed', user };
      });
    } catch (error) {
      if ((error as { constraint?: unknown }).constraint === 'uq_user_account_username') {
        return { outcome: 'username-taken' };
      }
      throw error;
    }
  }

  /**
   * @param within the transaction of a change of the password
   * @returns undefined when the account ended meanwhile
   */
  async changeOwn(
    id: string,
    { firstName, lastName, locale }: OwnChanges,
    now: Date,
    within: DataSource | EntityManager = this.dataSource,
  ): Promise<UserData | undefined> {
    const [[user]] = await within.query<[UserData[], number]>(UPDATE_OWN, [id, firstName, lastName, locale, now]);
    return user;
  }
}

/** The person is told of what others could use the account by; of a new address at the old one. */
async function tell(
  manager: EntityManager,
  { id, username, locale }: Former,
  user: UserData,
  { passwordHash }: StoredChanges,
  at: Date,
): Promise<void> {
  const account = { kind: 'user', id } as const;
  if (passwordHash !== undefined) await addNotice(manager, { account, event: 'password-changed', at });
  if (user.username !== username) {
    await addNotice(manager, { account, event: 'address-changed', at, to: { email: username, locale } });
  }
}

/** A user who is inactive, or was until now, has no session that could go on. */
function endsSessions(former: Former, user: UserData, { passwordHash }: StoredChanges): boolean {
  const isActive = user.status === 'active' && former.status === 'active';
  return !isActive || user.username !== former.username || passwordHash !== undefined;
}

async function endLost(manager: EntityManager, former: Former, user: UserData, now: Date): Promise<void> {
  const acting = former.roles.includes(AGENT_ROLE) && !user.roles.includes(AGENT_ROLE);
  const warehouse = former.isWarehouseUser && !user.isWarehouseUser;
  if (acting || warehouse) await endSessionsOf({ acting, warehouse }, manager, user.id, now);
}

function isAdministrator({ status, roles }: Former): boolean {
  return status === 'active' && roles.includes(ADMINISTRATOR_ROLE);
}
