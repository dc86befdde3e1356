import { PASSWORD_ERRORS } from '#auth';
import type { KnownRefusal } from '../form-reader.service.js';
import type { Texts } from '../texts/en/index.js';
import { Field, type Problems } from '../views/form.js';

interface NewPasswordFieldsProps {
  readonly texts: Texts;
  readonly problems: Problems;
  /** Of a password, in characters. */
  readonly minLength: number;
  /** The name of the first field; the second one is `confirmPassword`. */
  readonly name: 'password' | 'newPassword';
  readonly label: string;
  readonly repeat: string;
}

/** A new password, and once more. Neither is ever written back. */
export function NewPasswordFields({ texts, problems, minLength, name, label, repeat }: NewPasswordFieldsProps) {
  const input = { type: 'password', autocomplete: 'new-password', maxLength: 128 } as const;
  const hint = texts.account.password.nextHint(minLength);
  return (
    <>
      <Field name={name} label={label} hint={hint} problems={problems} input={input} />
      <Field name="confirmPassword" label={repeat} problems={problems} input={input} />
    </>
  );
}

/** What can be wrong with the two. */
export function newPasswordRefusals(
  { account: { password } }: Texts,
  name: NewPasswordFieldsProps['name'] = 'password',
): readonly KnownRefusal[] {
  const { differ, repetitive, common } = password;
  return [
    [PASSWORD_ERRORS.passwordsDiffer, 'confirmPassword', differ],
    [PASSWORD_ERRORS.sameCharacterSequence, name, repetitive],
    [PASSWORD_ERRORS.commonPassword, name, common],
  ];
}
