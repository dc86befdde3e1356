import type { CodeMac } from './code.js';
import type { Credential, NewCredential } from './credential.js';

/**
 * A method's statement that a submitted value matches stored data. The decision on the account's state then tells
 * whether the value is (still) valid.
 */
export interface Proof {
  /** The MAC of the issued code or challenge that the value answers. */
  readonly challengeMac?: Buffer;
  readonly credentialId?: string;
  /** The value's place in the credential's series. It must be greater than the last one. */
  readonly counter?: bigint;
  /** The digest of a recovery code. */
  readonly digest?: Buffer;
  /** A credential that comes with the value (a new public key) and is to be stored. */
  readonly credential?: NewCredential;
}

export interface MethodProof extends Omit<Proof, 'credential'> {
  readonly method: string;
  /** The MAC under which a grant for the value is stored. */
  readonly grantMac: CodeMac;
  /** The credential to be stored, sealed. */
  readonly credential?: Credential;
}

/** What a submitted value was recognised as. */
export interface Recognition {
  /** Whether the value opened the session's grant. The grant may have expired. */
  readonly isGrantValue: boolean;
  readonly proofs: readonly MethodProof[];
}

/** No value was submitted, or none was checked. */
export const NOTHING_RECOGNISED: Recognition = { isGrantValue: false, proofs: [] };
