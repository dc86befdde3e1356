import { wrongCode } from '#testing';
import type { HolderOf } from '../holder.js';

/** Climbs into the loft. */
export const pigeonHolder: HolderOf = (_shop, person) => ({
  begun: () => person.code('pigeon'),
  next: () => person.code('pigeon'),
  wrong: wrongCode,
});
