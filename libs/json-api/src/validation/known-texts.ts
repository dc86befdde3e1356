import { isEmail, isISO8601 } from 'class-validator';

/** Whether PostgreSQL can store a text, also in JSON: without NUL and without halves of surrogate pairs. */
export function isStorable(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text);
}

/**
 * Whether a mail can be sent to the address: a single one, in ASCII and without a quoted local part.
 *
 * Only ASCII, because accounts are found without regard to case: outside ASCII, letters of different domains can have
 * the same lower case, and the owner of one address could take over the account of the other.
 */
export function isMailAddress(text: string): boolean {
  return /^[\x21\x23-\x7e]+$/.test(text) && isEmail(text);
}

export function isCalendarDate(value: unknown): boolean {
  return typeof value === 'string' && /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(value) && isISO8601(value, { strict: true });
}
