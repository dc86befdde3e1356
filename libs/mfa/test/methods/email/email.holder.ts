import { wrongCode } from '#testing';
import type { HolderOf } from '../holder.js';

/** Reads the mailbox. */
export const emailHolder: HolderOf = (_shop, person) => ({
  begun: () => person.code('email'),
  next: () => person.code('email'),
  wrong: wrongCode,
});
