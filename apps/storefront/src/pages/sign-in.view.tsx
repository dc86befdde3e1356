import { ErrorSummary, Field, Note, type Problems, type Texts } from '#pages';

export interface SignInFormProps {
  readonly texts: Texts;
  /** As it was typed. */
  readonly email: string;
  readonly problems: Problems;
  readonly isSignedOut?: boolean;
}

export function SignInForm({ texts, email, problems, isSignedOut = false }: SignInFormProps) {
  const { signIn } = texts;
  return (
    <>
      <h1>{signIn.title}</h1>
      {isSignedOut && <Note kind="good">{signIn.signedOut}</Note>}
      <ErrorSummary problems={problems} texts={texts} />
      <form class="card" method="post" action="/account/sign-in">
        <Field
          name="email"
          label={signIn.email}
          problems={problems}
          input={{ type: 'email', value: email, autocomplete: 'username', maxLength: 254 }}
        />
        <Field
          name="password"
          label={signIn.password}
          problems={problems}
          input={{ type: 'password', autocomplete: 'current-password', maxLength: 128 }}
        />
        <button>{signIn.button}</button>
      </form>
    </>
  );
}
