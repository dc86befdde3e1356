import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import type { Account, AccountKind } from '../core/account.js';
import type { Credential } from '../core/credential.js';
import { MfaAccount } from './mfa-account.entity.js';
import { MfaCredential } from './mfa-credential.entity.js';
import { estimateRows } from './row-estimate.sql.js';

/** A credential with whose it is. */
export interface StoredCredential extends Credential {
  readonly account: Account;
}

/** A place in the walk through all credentials. */
export type CredentialPlace = Pick<StoredCredential, 'account' | 'id'>;

export const FIRST_PLACE = { account: { kind: '' as AccountKind, id: '' }, id: '00000000-0000-0000-0000-000000000000' };

/** Credentials of all accounts, for the change of the key that seals them. */
@Injectable()
export class CredentialsRepository {
  constructor(@InjectRepository(MfaCredential) private readonly credentials: Repository<MfaCredential>) {}

  /** @returns the ids of keys that credentials are sealed by, and that are not among the known ones */
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

  /** How many there are, as the database's statistics estimate it. */
  estimate(): Promise<number> {
    return estimateRows(this.credentials.manager, ['mfa_credential']);
  }

  /** The next ones behind a place, in the order of the primary key. */
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
   * The account first, in the order in which every commit locks.
   *
   * @returns false for a credential that is gone, or was sealed anew meanwhile
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
