import { ErrorSummary, Field, type Problems, type Texts } from '#pages';

interface PasswordFormProps {
  readonly texts: Texts;
  readonly problems: Problems;
  /** Of a password, in characters. */
  readonly minLength: number;
}

export function PasswordForm({ texts, problems, minLength }: PasswordFormProps) {
  const { password } = texts.account;
  const next = { type: 'password', autocomplete: 'new-password', maxLength: 128 } as const;
  return (
    <>
      <h1>{password.title}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      <form class="card" method="post" action="/account/password" data-step-up>
        <Field
          name="password"
          label={password.current}
          problems={problems}
          input={{ type: 'password', autocomplete: 'current-password', maxLength: 128 }}
        />
        <Field
          name="newPassword"
          label={password.next}
          hint={password.nextHint(minLength)}
          problems={problems}
          input={next}
        />
        <Field name="confirmPassword" label={password.repeat} problems={problems} input={next} />
        <p class="hint">{password.note}</p>
        <button>{password.button}</button>
      </form>
    </>
  );
}
