import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Account } from './account.js';
import type { Credential, EncryptionKey, NewCredential } from './credential.js';
import { MethodRegistry } from './method-registry.js';
import { MFA_OPTIONS, type ResolvedMfaOptions } from './mfa.options.js';

/** Whose secret it is: it opens nowhere else. */
type Seal = Pick<Credential, 'id' | 'method'> & { readonly account: Account };

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NO_SECRET = Buffer.alloc(0);

/** Seals the secrets of credentials by AES-256-GCM, with account, method and id as associated data. */
@Injectable()
export class CredentialVault {
  private readonly logger = new Logger('Mfa');
  private readonly keys: readonly EncryptionKey[];

  /** @throws TypeError at the start, where a method that is offered keeps secrets, and there is no key to seal them */
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

  /** Without a key no method that keeps credentials is offered. */
  get canSeal(): boolean {
    return this.keys.length > 0;
  }

  /** Seals a new credential by the first key. */
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

  seal(seal: Seal, secret: Uint8Array): Pick<Credential, 'keyId' | 'sealed'> {
    const [first] = this.keys;
    if (!first) throw new TypeError('There is no key that seals credentials.');
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, first.key, nonce).setAAD(associatedData(seal));
    const sealed = Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
    return { keyId: first.id, sealed };
  }

  /** @returns undefined for a secret of another account, method or credential, of an unknown key, or changed since */
  open({ account, ...credential }: Credential & { readonly account: Account }): Uint8Array | undefined {
    const { id, method, keyId, sealed } = credential;
    const key = this.keys.find((each) => each.id === keyId);
    try {
      if (!key) throw new TypeError('unknown key');
      const nonce = sealed.subarray(0, NONCE_BYTES);
      const tag = sealed.subarray(-TAG_BYTES);
      const decipher = createDecipheriv(ALGORITHM, key.key, nonce, { authTagLength: TAG_BYTES })
        .setAAD(associatedData({ account, method, id }))
        .setAuthTag(tag);
      return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch {
      const { kind: accountKind, id: accountId } = account;
      this.logger.error({ event: 'mfa.credential_unreadable', accountKind, accountId, credentialId: id, keyId });
      return undefined;
    }
  }
}

/** Where no method that is offered needs keys, those are taken that there are: people may have credentials from before. */
function keysOf(encryptionKeys: ResolvedMfaOptions['encryptionKeys'], isNeeded: boolean): readonly EncryptionKey[] {
  try {
    return encryptionKeys?.() ?? [];
  } catch (error) {
    if (isNeeded) throw error;
    return [];
  }
}

function associatedData({ account, method, id }: Seal): Buffer {
  return Buffer.from(JSON.stringify([account.kind, account.id, method, id]));
}
