import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import type { Account, AccountKind } from '../core/account.js';
import type { Credential } from '../core/credential.js';
import { MfaAccount } from './mfa-account.entity.js';
import { MfaCredential } from './mfa-credential.entity.js';
import { estimateRows } from './row-estimate.sql.js';

/** A credential with its account. */
export interface StoredCredential extends Credential {
  readonly account: Account;
}

/** A position in the list of all credentials, sorted by primary key. */
export type CredentialPlace = Pick<StoredCredential, 'account' | 'id'>;

export const FIRST_PLACE = { account: { kind: '' as AccountKind, id: '' }, id: '00000000-0000-0000-0000-000000000000' };

/** Reads and writes credentials of all accounts, when their encryption key is changed. */
@Injectable()
export class CredentialsRepository {
  constructor(@InjectRepository(MfaCredential) private readonly credentials: Repository<MfaCredential>) {}

  /** @returns the ids of the keys that seal credentials and are not in `known` */
  async unknownKeys(known: readonly string[]): Promise<readonly string[]> {
    const rows = await this.credentials
      .createQueryBuilder('credential')
      .select('credential.keyId', 'keyId')
      .distinct()
      .where('credential.keyId <> ALL (:known)', { known })
      .orderBy('credential.keyId')
      .getRawMany<{ keyId: string }>();
    return rows.map(({ keyId }) => keyId);
  }

  /** The number of credentials, estimated by the database's statistics. */
  estimate(): Promise<number> {
    return estimateRows(this.credentials.manager, ['mfa_credential']);
  }

  /** The next credentials after a place, sorted by primary key. */
  async batch({ account, id }: CredentialPlace, size: number): Promise<readonly StoredCredential[]> {
    const rows = await this.credentials
      .createQueryBuilder('credential')
      .where('(credential.accountKind, credential.accountId, credential.id) > (:kind, :accountId, :id)')
      .setParameters({ kind: account.kind, accountId: account.id, id })
      .orderBy({ 'credential.accountKind': 'ASC', 'credential.accountId': 'ASC', 'credential.id': 'ASC' })
      .limit(size)
      .getMany();
    return rows.map(storedCredential);
  }

  /**
   * Locks the account's row first: every commit uses the same lock order.
   *
   * @returns false if the credential was removed or sealed again meanwhile
   */
  async reseal(
    { account, id, sealed: formerSealed }: StoredCredential,
    { keyId, sealed }: Pick<Credential, 'keyId' | 'sealed'>,
    manager: EntityManager,
  ): Promise<boolean> {
    const key = { accountKind: account.kind, accountId: account.id };
    await manager.increment(MfaAccount, key, 'revision', 1);
    const { affected } = await manager.update(MfaCredential, { ...key, id, sealed: formerSealed }, { keyId, sealed });
    return affected === 1;
  }
}

function storedCredential({ accountKind, accountId, counter, ...credential }: MfaCredential): StoredCredential {
  const { id, method, keyId, sealed, publicData, pendingUntil } = credential;
  const account = { kind: accountKind, id: accountId };
  return { id, method, keyId, sealed, publicData, counter: BigInt(counter), pendingUntil, account };
}
