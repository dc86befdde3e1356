import type { Texts } from '../texts/en/index.js';
import { Note } from '../views/form.js';

interface MailSentProps {
  readonly texts: Texts;
  readonly title: string;
  readonly lines: readonly string[];
  /** The path of the area. */
  readonly base: string;
}

/** A mail is on its way, or is not: the page is the same. */
export function MailSent({ texts, title, lines: [first, ...others], base }: MailSentProps) {
  return (
    <>
      <h1>{title}</h1>
      <Note kind="good">{first}</Note>
      {others.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <SignInLink texts={texts} base={base} />
    </>
  );
}

export function SignInLink({ texts, base }: Pick<MailSentProps, 'texts' | 'base'>) {
  return (
    <p>
      <a href={`${base}/sign-in`}>{texts.account.registration.signIn}</a>
    </p>
  );
}
