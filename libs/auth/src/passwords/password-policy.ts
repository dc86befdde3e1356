import { dictionary } from '@zxcvbn-ts/language-common';
import { Length, Satisfies } from '#json-api';

const MAXIMUM_LENGTH = 128;
const SPECIAL = '!@#$%^&*()_-+=[]{}|;:<>.,/?\\~';
const CHARACTERS =
  /^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])(?=.*[!@#$%^&*()_\-+=[\]{}|;:<>.,/?\\~])[A-Za-z0-9!@#$%^&*()_\-+=[\]{}|;:<>.,/?\\~]+$/;
const CHARACTERS_TEXT = `Your password must include at least one uppercase letter, one lowercase letter, one number, and one special character from the following list: ${SPECIAL}. Non-Latin and other special characters are not allowed.`;

/** The length of a password that is there already. */
export const CurrentPasswordRules = (): PropertyDecorator => Length(0, MAXIMUM_LENGTH);

export const PasswordLength = (minimum: number): PropertyDecorator => Length(minimum, MAXIMUM_LENGTH);

export const PasswordCharacters = (): PropertyDecorator =>
  Satisfies('characters', (text) => CHARACTERS.test(text), CHARACTERS_TEXT);

const COMMON_PASSWORDS = new Set(dictionary['passwords-common'].filter((password) => password.length >= 8));

/** What makes a well-formed password a bad choice all the same. */
export type PasswordWeakness = 'same-character-sequence' | 'common';

export function weaknessOf(password: string): PasswordWeakness | undefined {
  if (/(.)\1\1/su.test(password)) return 'same-character-sequence';
  return COMMON_PASSWORDS.has(password.toLowerCase()) ? 'common' : undefined;
}
