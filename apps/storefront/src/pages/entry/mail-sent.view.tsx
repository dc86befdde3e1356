import { Note, type Texts } from '#pages';

interface MailSentProps {
  readonly texts: Texts;
  readonly title: string;
  readonly lines: readonly string[];
}

/** A mail is on its way, or is not: the page is the same. */
export function MailSent({ texts, title, lines: [first, ...others] }: MailSentProps) {
  return (
    <>
      <h1>{title}</h1>
      <Note kind="good">{first}</Note>
      {others.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <SignInLink texts={texts} />
    </>
  );
}

export function SignInLink({ texts }: { readonly texts: Texts }) {
  return (
    <p>
      <a href="/account/sign-in">{texts.account.registration.signIn}</a>
    </p>
  );
}
