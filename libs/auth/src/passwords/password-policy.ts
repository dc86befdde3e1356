import { applyDecorators } from '@nestjs/common';
import { dictionary } from '@zxcvbn-ts/language-common';
import { HasLength, IsNotBlank, Satisfies, IsText } from '#json-api';

const MAXIMUM_LENGTH = 128;
const SPECIAL = '!@#$%^&*()_-+=[]{}|;:<>.,/?\\~';
const CHARACTERS =
  /^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])(?=.*[!@#$%^&*()_\-+=[\]{}|;:<>.,/?\\~])[A-Za-z0-9!@#$%^&*()_\-+=[\]{}|;:<>.,/?\\~]+$/;
const CHARACTERS_TEXT = `Your password must include at least one uppercase letter, one lowercase letter, one number, and one special character from the following list: ${SPECIAL}. Non-Latin and other special characters are not allowed.`;

/** The rules for an existing password. */
export const CurrentPassword = (): PropertyDecorator =>
  applyDecorators(IsNotBlank(), IsText(), HasLength(0, MAXIMUM_LENGTH));

/** The rules for a new password. */
export const NewPassword = (): PropertyDecorator =>
  applyDecorators(
    RepeatedPassword(),
    Satisfies('characters', (text) => CHARACTERS.test(text), CHARACTERS_TEXT),
  );

/** The rules for the repeated password. Whether both are the same is checked where both are known. */
export const RepeatedPassword = (): PropertyDecorator =>
  applyDecorators(
    IsNotBlank(),
    IsText(),
    HasLength(({ passwordMinLength }) => passwordMinLength, MAXIMUM_LENGTH),
  );

const COMMON_PASSWORDS = new Set(dictionary['passwords-common'].filter((password) => password.length >= 8));

/** Why a well-formed password is weak. */
export type PasswordWeakness = 'same-character-sequence' | 'common';

export function weaknessOf(password: string): PasswordWeakness | undefined {
  if (/(.)\1\1/su.test(password)) return 'same-character-sequence';
  // `Password1!` is a common password plus the characters that rules like those above make people append
  const spelled = password.toLowerCase();
  const spellings = [spelled, spelled.replace(/[^a-z]+$/, '')];
  return spellings.some((one) => COMMON_PASSWORDS.has(one)) ? 'common' : undefined;
}
