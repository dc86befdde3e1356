import { totpStep, totpValue, wrongCode } from '#testing';
import type { HolderOf } from '../holder.js';

const STEP_SECONDS = 30;

/** Has an authenticator app, and waits for the next step where the present one was used. */
export const totpHolder: HolderOf = (shop) => {
  let secret = '';
  let used = 0;
  const next = (): string => {
    if (totpStep(shop.clock.now()) <= used) shop.clock.advance(STEP_SECONDS);
    used = totpStep(shop.clock.now());
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
