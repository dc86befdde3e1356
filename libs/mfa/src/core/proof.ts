import type { CodeMac } from './code.js';
import type { Credential, NewCredential } from './credential.js';

/**
 * A method's claim that a submitted value fits something stored; whether that is (still) good for anything is decided
 * by the state of the account.
 */
export interface Proof {
  /** The MAC of the code or challenge that was issued and is answered. */
  readonly challengeMac?: Buffer;
  readonly credentialId?: string;
  /** The place of the value in the credential's series: it must be beyond the last one. */
  readonly counter?: bigint;
  /** The digest of a recovery code. */
  readonly digest?: Buffer;
  /** What is to be kept, where the value brings it along (a new public key). */
  readonly credential?: NewCredential;
}

/** A proof with the method that claims it. */
export interface MethodProof extends Omit<Proof, 'credential'> {
  readonly method: string;
  /** Under which a grant for the value would be kept. */
  readonly grantMac: CodeMac;
  /** What is to be kept, sealed. */
  readonly credential?: Credential;
}

/** What a submitted value was recognised as. */
export interface Recognition {
  /** It is the value that opened the grant of the session, which may be over. */
  readonly isGrantValue: boolean;
  readonly proofs: readonly MethodProof[];
}

/** No value was submitted, or none was looked at. */
export const NOTHING_RECOGNISED: Recognition = { isGrantValue: false, proofs: [] };
