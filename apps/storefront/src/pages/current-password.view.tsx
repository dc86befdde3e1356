import { PASSWORD_ERRORS, tooManyAttempts } from '#auth';
import { Field, type KnownRefusal, type Problems, type Texts } from '#pages';

interface CurrentPasswordFieldProps {
  readonly texts: Texts;
  readonly problems: Problems;
}

/** The password of now. It is never written back. */
export function CurrentPasswordField({ texts, problems }: CurrentPasswordFieldProps) {
  const input = { type: 'password', autocomplete: 'current-password', maxLength: 128 } as const;
  return <Field name="password" label={texts.account.password.current} problems={problems} input={input} />;
}

/** What can be wrong with it. */
export function currentPasswordRefusals({ account }: Texts): readonly KnownRefusal[] {
  const { wrong, blocked } = account.password;
  return [
    [PASSWORD_ERRORS.wrongPassword, 'password', wrong],
    [tooManyAttempts(0, 'en_US'), '', blocked],
  ];
}
