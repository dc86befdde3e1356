import { Injectable } from '@nestjs/common';
import type { Account, AccountKind } from './account.js';
import type { EncryptionKey } from './credential.js';
import { CredentialVault } from './credential-vault.js';
import { handsOut } from './method.js';
import { MethodRegistry } from './method-registry.js';
import { seal, unseal } from './sealing.js';

/** A stored credential, in the form in which accounts are copied to another installation. */
export interface CopiedCredential {
  readonly id: string;
  readonly method: string;
  /** The id of the key that sealed the secret. */
  readonly keyId: string;
  /** Base64. */
  readonly sealed: string;
  readonly publicData: object | null;
  /** Decimal digits, because the value may be too large for a JSON number. */
  readonly counter: string;
  readonly name: string | null;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

/** Identifies an account in every installation. (The account's id differs between installations.) */
export interface CopyOwner {
  readonly kind: AccountKind;
  readonly naturalKey: string;
}

/** Seals credentials for the transfer to another installation, and seals them again there for the new accounts. */
@Injectable()
export class AccountCopyService {
  constructor(
    private readonly registry: MethodRegistry,
    private readonly vault: CredentialVault,
  ) {}

  /**
   * The methods that hand out something at activation, such as a secret. Without a credential their factors are
   * useless.
   */
  get methodsThatHandOut(): readonly string[] {
    return this.registry.all.filter(handsOut).map(({ name }) => name);
  }

  /** @returns undefined if the credential cannot be opened here */
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

  /** @returns undefined if another key sealed the credential, or if it belongs to another account */
  openCopy(owner: CopyOwner, credential: CopiedCredential, key: EncryptionKey): Uint8Array | undefined {
    return unseal(key.key, sealOf(owner, credential), Buffer.from(credential.sealed, 'base64'));
  }

  /** @throws TypeError if `openCopy` cannot open the credential */
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

/** The first word differs from all other seals: a credential sealed for an account is never mistaken for a copy. */
function sealOf({ kind, naturalKey }: CopyOwner, { method, id }: CopiedCredential): readonly string[] {
  return ['copy', kind, naturalKey, method, id];
}
