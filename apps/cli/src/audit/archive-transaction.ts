import { type Client, escapeLiteral } from 'pg';
import {
  anchorFaults,
  ANCHORS_DIGEST,
  ARCHIVE_CHAIN,
  type ArchivedChain,
  archiveLinesQuery,
  ARCHIVES,
  archiveSizeQuery,
  AUDIT_ARCHIVE,
  type AuditArchive,
} from '#mfa';
import { ProgramError } from '#platform';
import { copiedRows } from '../loading/entries.sql.js';

/** Any number that no other program on the same database uses for an advisory lock. */
const LOCK_ID = 7_255_767_842;

export type ArchiveSize = Pick<AuditArchive, 'entries' | 'from' | 'until'>;

/** The SHA-256 of the last archive; null: there is none. */
export interface FormerArchive {
  readonly sha256: string | null;
}

/**
 * Begins the transaction of an archive run. It takes no lock that the apps wait for.
 *
 * @throws ProgramError for a login that does not own the trail, and while another run is under way
 */
export async function openArchive(client: Client): Promise<void> {
  const { login, isOwner } = await one<{ login: string; isOwner: boolean }>(client, AUDIT_ARCHIVE.isOwner);
  if (!isOwner) {
    throw new ProgramError(
      `The login "${login}" does not own the audit trail, and can remove nothing from it: set MIGRATION_DATABASE_URL, ` +
        'with the login that migrates the database.',
    );
  }
  // locked before the transaction begins, so that its snapshot includes what another run has just archived
  const { isLocked } = await one<{ isLocked: boolean }>(client, 'SELECT pg_try_advisory_lock($1) AS "isLocked"', [
    LOCK_ID,
  ]);
  if (!isLocked) throw new ProgramError('Another run of audit archive is under way.');
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await client.query(`SET LOCAL work_mem = '64MB'`);
}

export function archiveSize(client: Client, before: Date): Promise<ArchiveSize> {
  return one(client, archiveSizeQuery(escapeLiteral(before.toISOString())));
}

/** The lines of all entries that are to be archived. */
export function archiveLines(client: Client, before: Date): AsyncIterable<Buffer> {
  return copiedRows(client, archiveLinesQuery(escapeLiteral(before.toISOString())));
}

/** @throws ProgramError when the anchors were changed since the last archive: a new archive would hide that */
export async function formerArchive(client: Client): Promise<FormerArchive> {
  const anchors = await one<{ entries: string; digest: string }>(client, ANCHORS_DIGEST);
  const { rows } = await client.query<{ sequence: string; details: AuditArchive }>(ARCHIVES);
  const archives = rows.map(({ sequence, details }) => ({ sequence, ...details }));
  if (anchorFaults({ ...anchors, chain: ARCHIVE_CHAIN, archives }).length > 0) {
    throw new ProgramError(
      'Nothing was archived: the chains do not begin where the last archive ended. See audit verify.',
    );
  }
  return { sha256: archives.at(-1)?.sha256 ?? null };
}

export async function openStaging(client: Client): Promise<void> {
  await client.query(AUDIT_ARCHIVE.openStaging);
}

/** Stages chains of the file, for their removal. */
export async function stageChains(client: Client, chains: readonly ArchivedChain[]): Promise<void> {
  await client.query(AUDIT_ARCHIVE.stage, [
    chains.map(({ kind }) => kind),
    chains.map(({ id }) => id),
    chains.map(({ first }) => first),
    chains.map(({ previousHash }) => previousHash),
    chains.map(({ sequence }) => sequence),
    chains.map(({ hash }) => hash),
  ]);
}

/** Chains of the file that are different in the database. */
export async function findMisfits(client: Client): Promise<readonly { kind: string; id: string; sequence: string }[]> {
  await client.query('ANALYZE audit_archive_chain');
  return (await client.query(AUDIT_ARCHIVE.misfits)).rows;
}

/**
 * Removes the entries of the staged chains.
 *
 * @returns the digest of the anchors that are left behind
 * @throws ProgramError when it is not as many as the file has
 */
export async function removeStaged(client: Client, entries: number): Promise<string> {
  await client.query(AUDIT_ARCHIVE.moveAnchors);
  const { rowCount } = await client.query(AUDIT_ARCHIVE.remove);
  if (rowCount !== entries) {
    throw new ProgramError(`Nothing was archived: ${rowCount} entries would be removed, and the file has ${entries}.`);
  }
  return (await one<{ digest: string }>(client, ANCHORS_DIGEST)).digest;
}

export async function appendArchive(client: Client, operator: string, at: Date, archive: AuditArchive): Promise<void> {
  await client.query(AUDIT_ARCHIVE.append, [operator, at, archive]);
}

async function one<Row>(client: Client, text: string, values: unknown[] = []): Promise<Row> {
  const { rows } = await client.query(text, values);
  return rows[0] as Row;
}
