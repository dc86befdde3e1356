import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, Not, type EntityManager, type FindOptionsWhere, type Repository } from 'typeorm';
import type { Account, AccountKind } from '#mfa';
import { LoginSession } from './login-session.entity.js';
import { RefreshToken } from './refresh-token.entity.js';

/** A session that was ended, and the account that its codes and grants belong to: the agent's where one acted. */
export interface EndedSession {
  readonly id: string;
  readonly owner: Account;
}

/** Whose sessions are ended: the account's; or of a customer's those that one agent opened. */
export interface SessionOwner {
  readonly account: Account;
  readonly agentId: string | null;
}

type Sessions = FindOptionsWhere<LoginSession>;

/**
 * Sessions that count together: the own ones of an account, those in which an agent acts for customers, and those of a
 * user's warehouses. Else what somebody opens beside a login would end the very login.
 */
const SESSIONS = {
  customer: (accountId: string) => ({ accountKind: 'customer', accountId, agentId: IsNull() }),
  user: (accountId: string) => ({ accountKind: 'user', accountId, warehouseUuid: IsNull() }),
  warehouse: (accountId: string) => ({ accountKind: 'user', accountId, warehouseUuid: Not(IsNull()) }),
  agent: (agentId: string) => ({ agentId }),
} as const satisfies Record<string, (ownerId: string) => Sessions>;

export type SessionKind = keyof typeof SESSIONS;

/** Sessions that are counted: of an account; of an agent where one acts for customers. */
export interface CountedSessions {
  readonly kind: SessionKind;
  readonly ownerId: string;
}

/** How sessions end. */
@Injectable()
export class SessionEndRepository {
  constructor(@InjectRepository(LoginSession) private readonly sessions: Repository<LoginSession>) {}

  /** @returns the ids of all of these sessions that are live but the newest, so many */
  async findOldest({ kind, ownerId }: CountedSessions, limit: number): Promise<string[]> {
    const where = { ...SESSIONS[kind](ownerId), endedAt: IsNull() };
    const order = { createdAt: 'DESC', id: 'ASC' } as const;
    const oldest = await this.sessions.find({ select: { id: true }, where, order, skip: limit });
    return oldest.map(({ id }) => id);
  }

  /** Ends those of the sessions that are still live. */
  endByIds(ids: readonly string[], now: Date, manager: EntityManager): Promise<EndedSession[]> {
    return end([{ id: In(ids) }], now, manager);
  }

  /** Ends sessions that a user opened by rights that are gone. */
  endOfKinds(
    kinds: readonly SessionKind[],
    userId: string,
    now: Date,
    manager: EntityManager,
  ): Promise<EndedSession[]> {
    return end(
      kinds.map((kind) => SESSIONS[kind](userId)),
      now,
      manager,
    );
  }

  /** Ends the session that a refresh token belongs to, if it is one of the owner's. */
  async endByToken(tokenHash: Buffer, owner: SessionOwner, now: Date, manager: EntityManager): Promise<EndedSession[]> {
    const token = await manager.findOne(RefreshToken, { select: { sessionId: true }, where: { tokenHash } });
    return token
      ? end(
          ownSessions(owner).map((sessions) => ({ ...sessions, id: token.sessionId })),
          now,
          manager,
        )
      : [];
  }

  /**
   * Ends all sessions of the owner.
   *
   * A user's own ones are locked first: the second statement also sees the sessions for customers that this waited for.
   */
  async endAll(owner: SessionOwner, now: Date, manager: EntityManager): Promise<EndedSession[]> {
    const { kind, id } = owner.account;
    if (kind === 'user') await lockLive([{ accountKind: kind, accountId: id }], manager);
    return end(ownSessions(owner), now, manager);
  }
}

/** Codes and grants of a session that an agent opened for a customer are the agent's. */
export function codeOwner(kind: AccountKind, accountId: string, agentId: string | null): Account {
  return agentId === null ? { kind, id: accountId } : { kind: 'user', id: agentId };
}

/** Sessions of the account; an agent's come with those for customers, and one for a customer stands for itself. */
function ownSessions({ account: { kind, id }, agentId }: SessionOwner): Sessions[] {
  const own = { accountKind: kind, accountId: id, ...(agentId !== null && { agentId }) };
  return kind === 'user' ? [own, SESSIONS.agent(id)] : [own];
}

/** In the order of the ids, so that no two that end the same sessions wait for each other. */
function lockLive(which: readonly Sessions[], manager: EntityManager): Promise<LoginSession[]> {
  const where = which.map((sessions) => ({ ...sessions, endedAt: IsNull() }));
  return manager.find(LoginSession, { where, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
}

async function end(which: readonly Sessions[], now: Date, manager: EntityManager): Promise<EndedSession[]> {
  if (which.length === 0) return []; // to TypeORM no condition at all means every session
  const ending = await lockLive(which, manager);
  if (ending.length > 0) await manager.update(LoginSession, { id: In(ending.map(({ id }) => id)) }, { endedAt: now });
  return ending.map(({ id, accountKind, accountId, agentId }) => ({
    id,
    owner: codeOwner(accountKind, accountId, agentId),
  }));
}
