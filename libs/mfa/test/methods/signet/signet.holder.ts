import { generateKeyPairSync, sign } from 'node:crypto';
import type { HandedOut, HolderOf } from '../holder.js';

const written = (sealing: object): string => Buffer.from(JSON.stringify(sealing)).toString('base64url');

/** Wears the ring: signs each challenge. */
export const signetHolder: HolderOf = () => {
  const { privateKey, publicKey: ring } = generateKeyPairSync('ed25519');
  const publicKey = ring.export({ format: 'der', type: 'spki' }).toString('base64url');
  const signed = ({ challenge }: HandedOut): object => ({
    challenge,
    signature: sign(null, Buffer.from(String(challenge)), privateKey).toString('base64url'),
  });
  return {
    begun: (handedOut) => written({ ...signed(handedOut), publicKey }),
    next: (handedOut) => written(signed(handedOut)),
    wrong: (right) => {
      const sealing = JSON.parse(Buffer.from(right, 'base64url').toString()) as object;
      return written({ ...sealing, signature: Buffer.alloc(64).toString('base64url') });
    },
  };
};
