import type { DataSource, EntityManager } from 'typeorm';
import type { Account, AccountKind } from '#mfa';
import { voidAccountKeys } from '../account-keys/account-key.repository.js';

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

interface EndedRow {
  readonly id: string;
  readonly kind: AccountKind;
  readonly accountId: string;
  readonly agentId: string | null;
}

/** Sessions of the account; an agent's come with those for customers, and one for a customer stands for itself. */
const OF_ACCOUNT = `((s.account_kind = $1 AND s.account_id = $2 AND ($3::bigint IS NULL OR s.agent_id = $3))
  OR ($1 = 'user' AND s.agent_id = $2))`;

/** Locks in the order of the ids, so that no two that end the same sessions wait for each other. */
const end = (condition: string): string => `
  WITH ending AS MATERIALIZED (
    SELECT s.id FROM login_session s WHERE ${OF_ACCOUNT} AND s.ended_at IS NULL ${condition} ORDER BY s.id FOR UPDATE
  )
  UPDATE login_session s SET ended_at = $4 FROM ending e WHERE s.id = e.id
  RETURNING s.id, s.account_kind AS kind, s.account_id AS "accountId", s.agent_id AS "agentId"`;

const END_ALL = end('');
const END_OF_TOKEN = end('AND s.id = (SELECT session_id FROM refresh_token WHERE token_hash = $5)');

const LOCK_USER_SESSIONS = `
  SELECT FROM login_session WHERE account_kind = 'user' AND account_id = $1 AND ended_at IS NULL ORDER BY id FOR UPDATE`;

/**
 * Sessions that count together: the own ones of an account, those in which an agent acts for customers, and those of a
 * user's warehouses. Else what somebody opens beside a login would end the very login.
 */
const OF_KIND = {
  customer: `account_kind = 'customer' AND account_id = $1 AND agent_id IS NULL`,
  user: `account_kind = 'user' AND account_id = $1 AND warehouse_uuid IS NULL`,
  warehouse: `account_kind = 'user' AND account_id = $1 AND warehouse_uuid IS NOT NULL`,
  agent: `agent_id = $1`,
} as const;

/** Sessions that are counted: of an account; of an agent where one acts for customers. */
export interface CountedSessions {
  readonly kind: keyof typeof OF_KIND;
  readonly ownerId: string;
}

/**
 * Ends all of these sessions but the newest, so many.
 *
 * To be called when a new session is committed, in no transaction: of many that are opened at once the last one to come
 * here sees all the others, and what each of them ends is none of the newest.
 */
export async function endOldestSessions(
  source: DataSource,
  { kind, ownerId }: CountedSessions,
  limit: number,
  now: Date,
): Promise<EndedSession[]> {
  const [rows] = await source.query<[EndedRow[], number]>(
    `WITH oldest AS MATERIALIZED (
       SELECT id FROM login_session WHERE ${OF_KIND[kind]} AND ended_at IS NULL ORDER BY created_at DESC, id OFFSET $2
     ), ending AS MATERIALIZED (
       SELECT s.id FROM login_session s JOIN oldest o ON s.id = o.id WHERE s.ended_at IS NULL
       ORDER BY s.id FOR UPDATE OF s
     )
     UPDATE login_session s SET ended_at = $3 FROM ending e WHERE s.id = e.id
     RETURNING s.id, s.account_kind AS kind, s.account_id AS "accountId", s.agent_id AS "agentId"`,
    [ownerId, limit, now],
  );
  return rows.map(endedSession);
}

/** Ends the session that a refresh token belongs to, if it is one of the owner's. */
export async function endSessionOfToken(
  source: DataSource,
  { account, agentId }: SessionOwner,
  tokenHash: Buffer,
  now: Date,
): Promise<EndedSession[]> {
  const values = [account.kind, account.id, agentId, now, tokenHash];
  const [rows] = await source.query<[EndedRow[], number]>(END_OF_TOKEN, values);
  return rows.map(endedSession);
}

/** The second statement also sees the sessions for customers that the first one, which locks, waited for. */
export async function endSessions(
  manager: EntityManager,
  { account, agentId }: SessionOwner,
  now: Date,
): Promise<EndedSession[]> {
  if (account.kind === 'user') await manager.query(LOCK_USER_SESSIONS, [account.id]);
  const [rows] = await manager.query<[EndedRow[], number]>(END_ALL, [account.kind, account.id, agentId, now]);
  return rows.map(endedSession);
}

/**
 * Ends all sessions of an account, a user's with those for customers and for warehouses, and voids the mailed keys: in
 * the transaction that changed the account's row.
 *
 * Statements of their own: they also see sessions that were opened while the change waited for their logins.
 */
export async function endAccountSessions(manager: EntityManager, account: Account, now: Date): Promise<void> {
  await endSessions(manager, { account, agentId: null }, now);
  await voidAccountKeys(manager, account);
}

/** What a user may do no more: act for customers, stand in for a warehouse. */
export interface LostRights {
  readonly acting: boolean;
  readonly warehouse: boolean;
}

/** Ends the sessions that a user opened by rights that are gone, in the transaction that changed the account's row. */
export async function endSessionsOf(
  lost: LostRights,
  manager: EntityManager,
  userId: string,
  now: Date,
): Promise<void> {
  await manager.query(
    `WITH ending AS MATERIALIZED (
       SELECT id FROM login_session WHERE ended_at IS NULL AND (($3 AND agent_id = $1)
         OR ($4 AND account_kind = 'user' AND account_id = $1 AND warehouse_uuid IS NOT NULL)) ORDER BY id FOR UPDATE
     )
     UPDATE login_session s SET ended_at = $2 FROM ending e WHERE s.id = e.id`,
    [userId, now, lost.acting, lost.warehouse],
  );
}

/** Codes and grants of a session that an agent opened for a customer are the agent's. */
export function codeOwner(kind: AccountKind, accountId: string, agentId: string | null): Account {
  return agentId === null ? { kind, id: accountId } : { kind: 'user', id: agentId };
}

function endedSession({ id, kind, accountId, agentId }: EndedRow): EndedSession {
  return { id, owner: codeOwner(kind, accountId, agentId) };
}
