import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { addNotice, AGENT_ROLE, SessionEndService, type LostRights } from '#auth';
import { ApiException } from '#json-api';
import { MfaService, type Account, type Actor, type ProtectionChange } from '#mfa';
import type { UserData } from './user.resource.js';
import { USER_ERRORS } from './users.errors.js';

/** A user before and after an administrator's change. */
export interface ChangedUser {
  readonly former: UserData;
  readonly user: UserData;
  readonly hasNewPassword: boolean;
  readonly actor: Actor;
  readonly at: Date;
}

type Step = Pick<ProtectionChange, 'event' | 'voidsCodes' | 'details'>;

/** What comes with a change of what protects a user: the end of sessions and codes, entries, and notices. */
@Injectable()
export class UserProtectionService {
  constructor(
    private readonly mfa: MfaService,
    private readonly sessions: SessionEndService,
  ) {}

  /**
   * A new username, a new password and another status end all sessions of the user and void the mailed keys. The loss
   * of the role `agent` or of the warehouse flag ends the sessions that were opened by it; otherwise roles end nothing:
   * each request reads them anew.
   *
   * @param manager of the transaction that has locked and changed the user's row
   * @throws ApiException 422 / 901 for a change that needs a reason and has none
   */
  async follow(changed: ChangedUser, manager: EntityManager): Promise<void> {
    const { user, actor, at } = changed;
    const account: Account = { kind: 'user', id: user.id };
    if (endsSessions(changed)) await this.sessions.endOfAccount(account, at, manager);
    else await this.sessions.endOfRights(lostRights(changed), user.id, at, manager);
    await this.requireReason(account, changed, manager);
    for (const step of stepsOf(changed)) await this.mfa.recordChange({ account, actor, ...step }, manager);
    await tell(account, changed, manager);
  }

  /** The first roles of a user are an entry like every later change of them. */
  async recordCreation(user: UserData, actor: Actor, manager: EntityManager): Promise<void> {
    const account: Account = { kind: 'user', id: user.id };
    const details = { former: null, new: rightsOf(user) };
    await this.mfa.recordChange({ account, actor, event: 'roles-changed', voidsCodes: false, details }, manager);
  }

  /** The trail must say why somebody else's protected account got another address or password. */
  private async requireReason(account: Account, changed: ChangedUser, manager: EntityManager): Promise<void> {
    const { actor, hasNewPassword } = changed;
    const isOwn = actor.kind === account.kind && actor.id === account.id;
    if (isOwn || actor.reason !== undefined || !(hasNewPassword || isMoved(changed))) return;
    if (await this.mfa.hasActiveMethod(account, manager)) throw new ApiException(USER_ERRORS.reasonMissing);
  }
}

/** The entries of a change. Those of users say their former names: nobody forgets a user. */
function stepsOf({ former, user, ...changed }: ChangedUser): readonly Step[] {
  const [before, after] = [rightsOf(former), rightsOf(user)];
  const address = { former: former.username, new: user.username };
  return [
    ...(isMoved({ former, user })
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

/** What a user may do: also whether at all, and as a warehouse. */
function rightsOf({ roles, isWarehouseUser, status }: UserData): object {
  return { roles: roles.toSorted(), isWarehouseUser, status };
}

/** The person is told of what others could use the account by, at the former address as well. */
async function tell(account: Account, changed: ChangedUser, manager: EntityManager): Promise<void> {
  const { former, hasNewPassword, at } = changed;
  const isMovedNow = isMoved(changed);
  const events = [
    ...(isMovedNow ? (['address-changed'] as const) : []),
    ...(hasNewPassword ? (['password-changed'] as const) : []),
  ];
  const to = { email: former.username, locale: former.locale };
  for (const event of events) {
    await addNotice(manager, { account, event, at });
    if (isMovedNow) await addNotice(manager, { account, event, at, to });
  }
}

function isMoved({ former, user }: Pick<ChangedUser, 'former' | 'user'>): boolean {
  return user.username !== former.username;
}

/** A user who is inactive, or was until now, has no session that could go on. */
function endsSessions({ former, user, hasNewPassword }: ChangedUser): boolean {
  const isActive = user.status === 'active' && former.status === 'active';
  return !isActive || hasNewPassword || isMoved({ former, user });
}

function lostRights({ former, user }: ChangedUser): LostRights {
  return {
    acting: former.roles.includes(AGENT_ROLE) && !user.roles.includes(AGENT_ROLE),
    warehouse: former.isWarehouseUser && !user.isWarehouseUser,
  };
}
