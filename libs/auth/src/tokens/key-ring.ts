import { createHash, type KeyObject } from 'node:crypto';
import type { TokenKeys } from '#platform';
import type { JwkDto, JwksDto } from './dto/jwks.dto.js';

/** The signing key, and all keys that verify, by key id. A key id is the thumbprint of RFC 7638. */
export class KeyRing {
  readonly privateKey: KeyObject;
  readonly signingKeyId: string;
  private readonly publicKeys: ReadonlyMap<string, KeyObject>;

  constructor({ privateKey, publicKeys }: TokenKeys) {
    this.privateKey = privateKey;
    this.publicKeys = new Map(publicKeys.map((key) => [thumbprint(key), key]));
    const [signingKeyId] = this.publicKeys.keys();
    if (!signingKeyId) throw new TypeError('a key ring needs a public key');
    this.signingKeyId = signingKeyId;
  }

  find(keyId: string): KeyObject | undefined {
    return this.publicKeys.get(keyId);
  }

  jwks(): JwksDto {
    const keys = [...this.publicKeys].map(([kid, key]) => ({
      ...(key.export({ format: 'jwk' }) as Pick<JwkDto, 'kty' | 'n' | 'e'>),
      kid,
      use: 'sig',
      alg: 'RS256',
    }));
    return { keys };
  }
}

function thumbprint(key: KeyObject): string {
  const { e, kty, n } = key.export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');
}
