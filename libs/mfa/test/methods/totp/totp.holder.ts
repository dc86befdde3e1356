import { createHmac } from 'node:crypto';
import { wrongCode } from '#testing';
import { decodeBase32 } from '../../base32-decoding.js';
import type { HolderOf } from '../holder.js';

const STEP_SECONDS = 30;

export const stepAt = (moment: Date): number => Math.floor(moment.getTime() / 1000 / STEP_SECONDS);

/** What an authenticator app shows for a secret in base32 in one of its steps. */
export function totpValue(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', decodeBase32(secret)).update(counter).digest();
  const number = mac.readUInt32BE(mac.at(-1)! & 15) & 0x7fffffff;
  return String(number).slice(-6).padStart(6, '0');
}

/** Has an authenticator app, and waits for the next step where the present one was used. */
export const totpHolder: HolderOf = (shop) => {
  let secret = '';
  let used = 0;
  const next = (): string => {
    if (stepAt(shop.clock.now()) <= used) shop.clock.advance(STEP_SECONDS);
    used = stepAt(shop.clock.now());
    return totpValue(secret, used);
  };
  return {
    begun: (handedOut) => {
      secret = String(handedOut['secret']);
      return next();
    },
    next,
    wrong: wrongCode,
  };
};
