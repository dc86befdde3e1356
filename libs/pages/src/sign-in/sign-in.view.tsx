import type { PageArea } from '../page-area.js';
import type { Texts } from '../texts/en/index.js';
import { ErrorSummary, Field, Note, type Problems } from '../views/form.js';

interface SignInFormProps {
  readonly texts: Texts;
  readonly area: PageArea;
  /** As it was typed. */
  readonly username: string;
  readonly problems: Problems;
  readonly note?: string | undefined;
}

export function SignInForm({ texts, area, username, problems, note }: SignInFormProps) {
  const { signIn } = texts;
  return (
    <>
      <h1>{signIn.title}</h1>
      {area.signInHint && <p>{area.signInHint(texts)}</p>}
      {note !== undefined && <Note kind="good">{note}</Note>}
      <ErrorSummary problems={problems} texts={texts} />
      <form class="card" method="post" action={`${area.base}/sign-in`}>
        <Field
          name="username"
          label={signIn.email}
          problems={problems}
          input={{ type: 'email', value: username, autocomplete: 'username', maxLength: 254 }}
        />
        <Field
          name="password"
          label={signIn.password}
          problems={problems}
          input={{ type: 'password', autocomplete: 'current-password', maxLength: 128 }}
        />
        <button>{signIn.button}</button>
      </form>
      <p>
        <a href={`${area.base}/forgotten-password`}>{texts.account.forgotten.link}</a>
      </p>
      {area.signInLinks?.(texts).map(({ path, label }) => (
        <p key={path}>
          <a href={path}>{label}</a>
        </p>
      ))}
    </>
  );
}
