import type { Client } from 'pg';
import {
  COPIED_CREDENTIALS_IMPORT,
  type Account,
  type AccountCopyService,
  type AccountKind,
  type CopiedCredential,
  type EncryptionKey,
} from '#mfa';
import type { Batch } from './account-storing.repository.js';

interface StoredAccount {
  readonly kind: AccountKind;
  readonly id: string;
  readonly naturalKey: string;
  readonly credentials: readonly CopiedCredential[];
}

const storedOf = (kind: AccountKind, table: string, naturalKey: string, key: string): string => `
  SELECT i.kind, t.id::text AS id, i.natural_key AS "naturalKey", i.entry #> '{mfa,credentials}' AS credentials
  FROM account_import i JOIN ${table} t ON t.${naturalKey} = ${key}
  WHERE i.kind = '${kind}' AND i.line BETWEEN $1 AND $2 AND i.entry #> '{mfa,credentials}' IS NOT NULL`;

const STORED_ACCOUNTS = [
  storedOf('customer', 'customer', 'customer_reference', 'i.natural_key'),
  storedOf('user', 'user_account', 'uuid', 'i.natural_key::uuid'),
];

/** Stores the credentials of accounts that `storeBatch` has stored, sealed for the ids that they got. */
export async function storeCredentials(
  client: Client,
  { firstLine, lastLine }: Pick<Batch, 'firstLine' | 'lastLine'>,
  copies: AccountCopyService,
  key: EncryptionKey,
): Promise<void> {
  for (const statement of STORED_ACCOUNTS) {
    const { rows } = await client.query<StoredAccount>(statement, [firstLine, lastLine]);
    const sealed = rows.flatMap(({ credentials, naturalKey, ...account }) =>
      credentials.map((one) => ({
        ...copies.sealForAccount(account, { kind: account.kind, naturalKey }, one, key),
        ...columnsOf(account),
      })),
    );
    if (sealed.length > 0) await client.query(COPIED_CREDENTIALS_IMPORT, [JSON.stringify(sealed)]);
  }
}

const columnsOf = ({ kind, id }: Account): object => ({ accountKind: kind, accountId: id });
