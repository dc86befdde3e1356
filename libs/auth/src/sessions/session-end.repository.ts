import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, Not, type EntityManager, type FindOptionsWhere, type Repository } from 'typeorm';
import type { Account, AccountKind } from '#mfa';
import { LoginSession } from './login-session.entity.js';
import { RefreshToken } from './refresh-token.entity.js';

/** An ended session, and the account that owns its codes and grants: if an agent acted, the agent's. */
export interface EndedSession {
  readonly id: string;
  readonly owner: Account;
}

/** Whose sessions to end: all of the account, or, with `agentId`, only a customer's sessions that this agent opened. */
export interface SessionOwner {
  readonly account: Account;
  readonly agentId: string | null;
}

type Sessions = FindOptionsWhere<LoginSession>;

/** One id, or a condition on ids. */
export type SessionIds = NonNullable<Sessions['id']>;

/**
 * Groups of sessions that are counted together: an account's own sessions, an agent's sessions for customers, and a
 * user's sessions for warehouses. If they were counted as one group, opening a session for a customer could end the
 * agent's own login.
 */
const SESSIONS = {
  customer: (accountId: string) => ({ accountKind: 'customer', accountId, agentId: IsNull() }),
  user: (accountId: string) => ({ accountKind: 'user', accountId, warehouseUuid: IsNull() }),
  warehouse: (accountId: string) => ({ accountKind: 'user', accountId, warehouseUuid: Not(IsNull()) }),
  agent: (agentId: string) => ({ agentId }),
} as const satisfies Record<string, (ownerId: string) => Sessions>;

export type SessionKind = keyof typeof SESSIONS;

/** A group of sessions to count. `ownerId` is an account's id; for the kind `agent` it is the agent's id. */
export interface CountedSessions {
  readonly kind: SessionKind;
  readonly ownerId: string;
}

@Injectable()
export class SessionEndRepository {
  constructor(@InjectRepository(LoginSession) private readonly sessions: Repository<LoginSession>) {}

  /** @returns the ids of the group's live sessions, except the newest `limit` ones */
  async findOldest({ kind, ownerId }: CountedSessions, limit: number): Promise<string[]> {
    const where = { ...SESSIONS[kind](ownerId), endedAt: IsNull() };
    const order = { createdAt: 'DESC', id: 'ASC' } as const;
    const oldest = await this.sessions.find({ select: { id: true }, where, order, skip: limit });
    return oldest.map(({ id }) => id);
  }

  /** Ends the given sessions, if they are still live. */
  endByIds(ids: readonly string[], now: Date, manager: EntityManager): Promise<EndedSession[]> {
    return end([{ id: In(ids) }], now, manager);
  }

  /** Ends a user's sessions of the given kinds, after the rights for them were removed. */
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

  /** Ends the owner's sessions whose ids fit. */
  endOwn(owner: SessionOwner, id: SessionIds, now: Date, manager: EntityManager): Promise<EndedSession[]> {
    return end(
      ownSessions(owner).map((sessions) => ({ ...sessions, id })),
      now,
      manager,
    );
  }

  /** Ends the session of a refresh token, if it belongs to the owner. */
  async endByToken(tokenHash: Buffer, owner: SessionOwner, now: Date, manager: EntityManager): Promise<EndedSession[]> {
    const token = await manager.findOne(RefreshToken, { select: { sessionId: true }, where: { tokenHash } });
    return token ? this.endOwn(owner, token.sessionId, now, manager) : [];
  }

  /**
   * Ends all sessions of the owner.
   *
   * A user's own sessions are locked first. During the wait for these locks, sessions for customers may be opened; the
   * second statement sees them too.
   */
  async endAll(owner: SessionOwner, now: Date, manager: EntityManager): Promise<EndedSession[]> {
    const { kind, id } = owner.account;
    if (kind === 'user') await lockLive([{ accountKind: kind, accountId: id }], manager);
    return end(ownSessions(owner), now, manager);
  }
}

/** If an agent opened the session for a customer, its codes and grants belong to the agent. */
export function codeOwner(kind: AccountKind, accountId: string, agentId: string | null): Account {
  return agentId === null ? { kind, id: accountId } : { kind: 'user', id: agentId };
}

/**
 * The sessions of an account; for a user also those for customers. With `agentId`: only that agent's sessions for the
 * customer.
 */
function ownSessions({ account: { kind, id }, agentId }: SessionOwner): Sessions[] {
  const own = { accountKind: kind, accountId: id, ...(agentId !== null && { agentId }) };
  return kind === 'user' ? [own, SESSIONS.agent(id)] : [own];
}

/** Locks in the order of the ids, so that two transactions that end the same sessions do not deadlock. */
function lockLive(which: readonly Sessions[], manager: EntityManager): Promise<LoginSession[]> {
  const where = which.map((sessions) => ({ ...sessions, endedAt: IsNull() }));
  return manager.find(LoginSession, { where, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
}

async function end(which: readonly Sessions[], now: Date, manager: EntityManager): Promise<EndedSession[]> {
  if (which.length === 0) return []; // TypeORM takes an empty list of conditions as every session
  const ending = await lockLive(which, manager);
  // nobody is shown where an ended session was opened
  const ended = { endedAt: now, clientAddress: null, userAgent: null };
  if (ending.length > 0) await manager.update(LoginSession, { id: In(ending.map(({ id }) => id)) }, ended);
  return ending.map(({ id, accountKind, accountId, agentId }) => ({
    id,
    owner: codeOwner(accountKind, accountId, agentId),
  }));
}
