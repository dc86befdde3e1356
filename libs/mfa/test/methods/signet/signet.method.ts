import { createPublicKey, verify } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Attempt, Begun, ChallengeAttempt, Challenges, Code, HandsOut, Proof, SetUpStart } from '#mfa';

/** What a value says: the challenge that it answers, its signature, and the key to verify it where that is new. */
interface Sealing {
  readonly challenge: string;
  readonly signature: string;
  readonly publicKey?: string;
}

/** A method that challenges: the person signs with an Ed25519 key, of which the shop knows the public half. */
@Injectable()
export class SignetMethod implements HandsOut, Challenges {
  readonly name = 'signet';
  readonly offeredTo = ['customer'] as const;
  readonly amr = ['swk'] as const;
  readonly keepsSecrets = true;

  canonical(value: string): string | undefined {
    return sealingOf(value) && value;
  }

  async begin({ challenge, expiresAt }: SetUpStart): Promise<Begun> {
    return { answer: () => ({ challenge, expiresAt: expiresAt.toISOString() }) };
  }

  async challenge({ challenge }: ChallengeAttempt): Promise<object> {
    return { challenge };
  }

  async prove(value: Code, attempt: Attempt): Promise<Proof | undefined> {
    const sealing = sealingOf(value);
    if (!sealing) return undefined;
    const challengeMac = attempt.challengeMac(sealing.challenge);
    if (attempt.purpose === 'activation') {
      const { publicKey } = sealing;
      if (publicKey === undefined || !isSigned(sealing, publicKey)) return undefined;
      return { challengeMac, credential: { publicData: { publicKey }, counter: 0n } };
    }
    const credential = attempt.credentials.find(
      ({ publicData, open }) => isSigned(sealing, (publicData as { publicKey: string }).publicKey) && open(),
    );
    return credential && { challengeMac, credentialId: credential.id };
  }
}

function sealingOf(value: string): Sealing | undefined {
  try {
    const sealing = JSON.parse(Buffer.from(value, 'base64url').toString()) as Partial<Record<keyof Sealing, unknown>>;
    const { challenge, signature, publicKey = '' } = sealing;
    const isComplete = [challenge, signature, publicKey].every((part) => typeof part === 'string');
    return isComplete ? (sealing as Sealing) : undefined;
  } catch {
    return undefined;
  }
}

function isSigned({ challenge, signature }: Sealing, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' });
    return (
      key.asymmetricKeyType === 'ed25519' &&
      verify(null, Buffer.from(challenge), key, Buffer.from(signature, 'base64url'))
    );
  } catch {
    return false;
  }
}
