import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { run, statement } from '#sql';
import type { Account, AccountKind } from '../core/account.js';
import type { Credential } from '../core/credential.js';
import { credentialOf } from './account-state.rows.js';
import { CREDENTIAL } from './load.sql.js';
import type { Told } from './told.js';

/** A credential with whose it is. */
export interface StoredCredential extends Credential {
  readonly account: Account;
}

interface StoredRow {
  readonly credential: Told<Credential>;
  readonly account_kind: AccountKind;
  readonly account_id: string;
}

/** A place in the walk through all credentials. */
export type CredentialPlace = Pick<StoredCredential, 'account' | 'id'>;

export const FIRST_PLACE = { account: { kind: '' as AccountKind, id: '' }, id: '00000000-0000-0000-0000-000000000000' };

const UNKNOWN_KEYS = statement(
  'mfa_unknown_encryption_keys',
  `SELECT DISTINCT key_id FROM mfa_credential WHERE NOT key_id = ANY (:known::text[]) ORDER BY key_id`,
);

const BATCH = statement(
  'mfa_credential_batch',
  `
  SELECT account_kind, account_id, ${CREDENTIAL} AS credential FROM mfa_credential
  WHERE (account_kind, account_id, id) > (:account_kind, :account_id, :id::uuid)
  ORDER BY account_kind, account_id, id LIMIT :size`,
);

/** The account first, in the order in which every commit locks. */
const RESEAL = statement(
  'mfa_reseal_credential',
  `
  WITH account AS (
    UPDATE mfa_account SET revision = revision + 1 WHERE account_kind = :account_kind AND account_id = :account_id
    RETURNING account_kind, account_id
  ), resealed AS (
    UPDATE mfa_credential t SET key_id = :key_id, sealed = :sealed
    FROM account a
    WHERE t.account_kind = a.account_kind AND t.account_id = a.account_id AND t.id = :id::uuid
      AND t.sealed = :former_sealed::bytea
    RETURNING 1
  )
  SELECT FROM resealed`,
);

/** Credentials of all accounts, for the change of the key that seals them. */
@Injectable()
export class CredentialsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @returns the ids of keys that credentials are sealed by, and that are not among the known ones */
  async unknownKeys(known: readonly string[]): Promise<readonly string[]> {
    const rows = await run<{ key_id: string }>(this.dataSource, UNKNOWN_KEYS, { known });
    return rows.map(({ key_id: keyId }) => keyId);
  }

  /** How many there are, as the database's statistics estimate it. */
  async estimate(): Promise<number> {
    const [row] = await this.dataSource.query<{ credentials: number }[]>(
      `SELECT greatest(reltuples, 0)::int AS credentials FROM pg_class WHERE oid = 'mfa_credential'::regclass`,
    );
    return row?.credentials ?? 0;
  }

  /** The next ones behind a place, in the order of the primary key. */
  async batch({ account, id }: CredentialPlace, size: number): Promise<readonly StoredCredential[]> {
    const values = { account_kind: account.kind, account_id: account.id, id, size };
    const rows = await run<StoredRow>(this.dataSource, BATCH, values);
    return rows.map((row) => ({
      ...credentialOf(row.credential),
      account: { kind: row.account_kind, id: row.account_id },
    }));
  }

  /** @returns false for a credential that is gone, or was sealed anew meanwhile */
  async reseal(
    { account, id, sealed: formerSealed }: StoredCredential,
    { keyId, sealed }: Pick<Credential, 'keyId' | 'sealed'>,
  ): Promise<boolean> {
    const rows = await run(this.dataSource, RESEAL, {
      account_kind: account.kind,
      account_id: account.id,
      id,
      key_id: keyId,
      sealed,
      former_sealed: formerSealed,
    });
    return rows.length > 0;
  }
}
