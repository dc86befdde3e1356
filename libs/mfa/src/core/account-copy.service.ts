import { Injectable } from '@nestjs/common';
import type { Account, AccountKind } from './account.js';
import type { EncryptionKey } from './credential.js';
import { CredentialVault } from './credential-vault.js';
import { handsOut } from './method.js';
import { MethodRegistry } from './method-registry.js';
import { seal, unseal } from './sealing.js';

/** What is kept of one enrolment, in the form in which accounts are copied to another installation. */
export interface CopiedCredential {
  readonly id: string;
  readonly method: string;
  /** The id of the key that sealed the secret. */
  readonly keyId: string;
  /** In base64. */
  readonly sealed: string;
  readonly publicData: object | null;
  /** Decimal digits: it may be more than a number of JSON holds. */
  readonly counter: string;
  readonly name: string | null;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

/** An account by what it has in every installation; its id is another one in each. */
export interface CopyOwner {
  readonly kind: AccountKind;
  readonly naturalKey: string;
}

/** Seals what is kept of people for the way to another installation, and there for the accounts that they get. */
@Injectable()
export class AccountCopyService {
  constructor(
    private readonly registry: MethodRegistry,
    private readonly vault: CredentialVault,
  ) {}

  /** The methods whose factors are worth nothing without what was handed out for them. */
  get methodsThatHandOut(): readonly string[] {
    return this.registry.all.filter(handsOut).map(({ name }) => name);
  }

  /** @returns undefined for what cannot be opened here */
  sealForCopy(
    account: Account,
    owner: CopyOwner,
    credential: CopiedCredential,
    key: EncryptionKey,
  ): CopiedCredential | undefined {
    const sealed = Buffer.from(credential.sealed, 'base64');
    const secret = this.vault.open({ ...credential, account, sealed });
    if (!secret) return undefined;
    return {
      ...credential,
      keyId: key.id,
      sealed: seal(key.key, sealOf(owner, credential), secret).toString('base64'),
    };
  }

  /** @returns undefined for what was sealed by another key, or of another account */
  openCopy(owner: CopyOwner, credential: CopiedCredential, key: EncryptionKey): Uint8Array | undefined {
    return unseal(key.key, sealOf(owner, credential), Buffer.from(credential.sealed, 'base64'));
  }

  /** @throws TypeError for what `openCopy` does not open */
  sealForAccount(
    account: Account,
    owner: CopyOwner,
    credential: CopiedCredential,
    key: EncryptionKey,
  ): CopiedCredential {
    const secret = this.openCopy(owner, credential, key);
    if (!secret) throw new TypeError('a credential is opened before its account is stored');
    const { keyId, sealed } = this.vault.seal({ ...credential, account }, secret);
    return { ...credential, keyId, sealed: sealed.toString('base64') };
  }
}

/** Begins with a word of its own: what was sealed for an account here is never taken for a copy. */
function sealOf({ kind, naturalKey }: CopyOwner, { method, id }: CopiedCredential): readonly string[] {
  return ['copy', kind, naturalKey, method, id];
}
