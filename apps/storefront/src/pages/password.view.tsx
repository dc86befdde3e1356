import { ErrorSummary, NewPasswordFields, type Problems, type Texts } from '#pages';
import { CurrentPasswordField } from './current-password.view.js';

interface PasswordFormProps {
  readonly texts: Texts;
  readonly problems: Problems;
  /** Of a password, in characters. */
  readonly minLength: number;
}

export function PasswordForm({ texts, problems, minLength }: PasswordFormProps) {
  const { password } = texts.account;
  return (
    <>
      <h1>{password.title}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      <form class="card" method="post" action="/account/password" data-step-up>
        <CurrentPasswordField texts={texts} problems={problems} />
        <NewPasswordFields
          {...{ texts, problems, minLength, name: 'newPassword', label: password.next, repeat: password.repeat }}
        />
        <p class="hint">{password.note}</p>
        <button>{password.button}</button>
      </form>
    </>
  );
}
