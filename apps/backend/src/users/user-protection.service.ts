import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { addNotice, AGENT_ROLE, SessionEndService, type LostRights } from '#auth';
import { ApiException } from '#json-api';
import { MfaService, type Account, type Actor, type ProtectionChange } from '#mfa';
import type { UserData } from './user.resource.js';
import { USER_ERRORS } from './users.errors.js';

export interface ChangedUser {
  readonly former: UserData;
  readonly user: UserData;
  readonly hasNewPassword: boolean;
  readonly actor: Actor;
  readonly at: Date;
}

type Step = Pick<ProtectionChange, 'event' | 'voidsCodes' | 'details'>;

/**
 * Carries out what follows from a change of a user's protection: ends sessions and codes, and writes entries and
 * notices.
 */
@Injectable()
export class UserProtectionService {
  constructor(
    private readonly mfa: MfaService,
    private readonly sessions: SessionEndService,
  ) {}

  /**
   * A new username, password or status ends all sessions of the user and voids the mailed keys. Without the role
   * `agent` or the warehouse flag, the sessions opened with it end. Other changes of roles end no session, because each
   * request reads the roles again.
   *
   * @param manager the transaction that has locked and changed the user's row
   * @throws ApiException 422 / 901 if the change needs a reason and has none
   */
  async follow(changed: ChangedUser, manager: EntityManager): Promise<void> {
    const { user, actor, at } = changed;
    const account: Account = { kind: 'user', id: user.id };
    if (endsSessions(changed)) await this.sessions.endOfAccount(account, at, manager);
    else await this.sessions.endOfRights(lostRights(changed), user.id, at, manager);
    if (changed.hasNewPassword || isUsernameChanged(changed)) await this.requireReason(user.id, actor, manager);
    for (const step of stepsOf(changed)) await this.mfa.recordChange({ account, actor, ...step }, manager);
    await addNotices(account, changed, manager);
  }

  /** Records a new user's roles, like every later change of roles. */
  async recordCreation(user: UserData, actor: Actor, manager: EntityManager): Promise<void> {
    const account: Account = { kind: 'user', id: user.id };
    const details = { former: null, new: rightsOf(user) };
    await this.mfa.recordChange({ account, actor, event: 'roles-changed', voidsCodes: false, details }, manager);
  }

  /**
   * The trail must contain the reason why another user's address or password was changed if that user has MFA.
   *
   * @param manager the transaction of the change, which locks the user's methods. Without it the answer may change
   * @throws ApiException 422 / 901
   */
  async requireReason(userId: string, actor: Actor, manager?: EntityManager): Promise<void> {
    const isOwn = actor.kind === 'user' && actor.id === userId;
    if (isOwn || actor.reason !== undefined) return;
    const hasMethod = manager
      ? await this.mfa.hasActiveMethod({ kind: 'user', id: userId }, manager)
      : (await this.mfa.activeMethods('user', [userId])).has(userId);
    if (hasMethod) throw new ApiException(USER_ERRORS.reasonMissing);
  }
}

/** The entries of a change. Entries about users may contain former names, because users are not anonymised. */
function stepsOf({ former, user, ...changed }: ChangedUser): readonly Step[] {
  const [before, after] = [rightsOf(former), rightsOf(user)];
  const address = { former: former.username, new: user.username };
  return [
    ...(isUsernameChanged({ former, user })
      ? [{ event: 'address-changed', voidsCodes: true, details: address } satisfies Step]
      : []),
    ...(changed.hasNewPassword
      ? [{ event: 'password-set', voidsCodes: true, details: { by: 'administrator' } } satisfies Step]
      : []),
    ...(JSON.stringify(before) === JSON.stringify(after)
      ? []
      : [
          {
            event: 'roles-changed',
            voidsCodes: former.status !== user.status,
            details: { former: before, new: after },
          } satisfies Step,
        ]),
  ];
}

/** The rights of a user: roles, warehouse flag and status. */
function rightsOf({ roles, isWarehouseUser, status }: UserData): object {
  return { roles: roles.toSorted(), isWarehouseUser, status };
}

/** Notifies the person of changes that others could misuse, at the former address too. */
async function addNotices(account: Account, changed: ChangedUser, manager: EntityManager): Promise<void> {
  const { former, hasNewPassword, actor, at } = changed;
  const hasNewUsername = isUsernameChanged(changed);
  const events = [
    ...(hasNewUsername ? (['address-changed'] as const) : []),
    ...(hasNewPassword ? (['password-changed'] as const) : []),
  ];
  const to = { email: former.username, locale: former.locale };
  for (const event of events) {
    await addNotice(manager, { account, actor, event, at });
    if (hasNewUsername) await addNotice(manager, { account, actor, event, at, to });
  }
}

function isUsernameChanged({ former, user }: Pick<ChangedUser, 'former' | 'user'>): boolean {
  return user.username !== former.username;
}

/** An inactive user, or one who was inactive until now, must have no session that could continue. */
function endsSessions({ former, user, hasNewPassword }: ChangedUser): boolean {
  const isActive = user.status === 'active' && former.status === 'active';
  return !isActive || hasNewPassword || isUsernameChanged({ former, user });
}

function lostRights({ former, user }: ChangedUser): LostRights {
  return {
    acting: former.roles.includes(AGENT_ROLE) && !user.roles.includes(AGENT_ROLE),
    warehouse: former.isWarehouseUser && !user.isWarehouseUser,
  };
}
