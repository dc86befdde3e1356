import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Account } from './account.js';
import type { Credential, EncryptionKey, NewCredential } from './credential.js';
import { MethodRegistry } from './method-registry.js';
import { MFA_OPTIONS, type ResolvedMfaOptions } from './mfa.options.js';
import { KEY_BYTES, seal, unseal } from './sealing.js';

/** The owner of the secret. A secret can only be opened for its owner. */
type Owned = Pick<Credential, 'id' | 'method'> & { readonly account: Account };

const NO_SECRET = Buffer.alloc(0);

/** Seals the secrets of credentials with AES-256-GCM. Account, method and id are the associated data. */
@Injectable()
export class CredentialVault {
  private readonly logger = new Logger('Mfa');
  private readonly keys: readonly EncryptionKey[];

  /** @throws TypeError at the start if an offered method keeps secrets and there is no key to seal them */
  constructor(registry: MethodRegistry, @Inject(MFA_OPTIONS) { encryptionKeys }: ResolvedMfaOptions) {
    this.keys = keysOf(encryptionKeys, registry.keepsSecrets);
    const ids = this.keyIds;
    const wrong = this.keys.find(({ id, key }, index) => key.byteLength !== KEY_BYTES || ids.indexOf(id) !== index);
    if (registry.keepsSecrets && this.keys.length === 0) throw new TypeError('MFA needs a key that seals credentials.');
    if (wrong) {
      throw new TypeError(
        `The key "${wrong.id}" that seals credentials needs ${KEY_BYTES} bytes and an id of its own.`,
      );
    }
  }

  get keyIds(): readonly string[] {
    return this.keys.map(({ id }) => id);
  }

  /** Methods that keep credentials are offered only if there is a key. */
  get canSeal(): boolean {
    return this.keys.length > 0;
  }

  /** Seals a new credential with the first key. */
  keep(
    account: Account,
    method: string,
    { secret = NO_SECRET, publicData, counter }: NewCredential,
    pendingUntil: Date | null,
  ): Credential {
    const id = randomUUID();
    return {
      id,
      method,
      counter,
      publicData: publicData ?? null,
      pendingUntil,
      ...this.seal({ account, method, id }, secret),
    };
  }

  seal(owned: Owned, secret: Uint8Array): Pick<Credential, 'keyId' | 'sealed'> {
    const [first] = this.keys;
    if (!first) throw new TypeError('There is no key that seals credentials.');
    return { keyId: first.id, sealed: seal(first.key, ownerOf(owned), secret) };
  }

  /**
   * @returns undefined if the secret belongs to another account, method or credential, its key is unknown, or it was
   * changed
   */
  open({ keyId, sealed, ...owned }: Owned & Pick<Credential, 'keyId' | 'sealed'>): Uint8Array | undefined {
    const key = this.keys.find((each) => each.id === keyId);
    const secret = key && unseal(key.key, ownerOf(owned), sealed);
    if (!secret) {
      const { kind: accountKind, id: accountId } = owned.account;
      this.logger.error({ event: 'mfa.credential_unreadable', accountKind, accountId, credentialId: owned.id, keyId });
    }
    return secret;
  }
}

/** Uses the configured keys even if no offered method needs them: accounts may still have older credentials. */
function keysOf(encryptionKeys: ResolvedMfaOptions['encryptionKeys'], isNeeded: boolean): readonly EncryptionKey[] {
  try {
    return encryptionKeys?.() ?? [];
  } catch (error) {
    if (isNeeded) throw error;
    return [];
  }
}

function ownerOf({ account, method, id }: Owned): readonly string[] {
  return [account.kind, account.id, method, id];
}
