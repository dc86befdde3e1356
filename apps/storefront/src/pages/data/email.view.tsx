import { ErrorSummary, Field, Note, type Problems, type Texts } from '#pages';

import { CurrentPasswordField } from '../current-password.view.js';

export interface EmailPageProps {
  readonly texts: Texts;
  /** The address of now. */
  readonly email: string;
  /** Whoever acts for the customer cannot change it. */
  readonly isOwn: boolean;
  readonly typed?: string;
  readonly problems?: Problems;
  readonly isSaved?: boolean;
  readonly asksForPassword?: boolean;
}

export function EmailPage({ texts, email, isOwn, typed = '', problems = {}, ...shown }: EmailPageProps) {
  const { isSaved = false, asksForPassword = false } = shown;
  const words = texts.account.email;
  return (
    <>
      <h1>{words.title}</h1>
      {isSaved ? <Note kind="good">{words.done(email)}</Note> : <p>{words.now(email)}</p>}
      <ErrorSummary problems={problems} texts={texts} />
      {isOwn ? (
        <form class="card" method="post" action="/account/email" data-step-up>
          <Field
            name="email"
            label={words.next}
            hint={words.note}
            problems={problems}
            input={{ type: 'email', value: typed, autocomplete: 'email', maxLength: 100 }}
          />
          {asksForPassword && <CurrentPasswordField texts={texts} problems={problems} />}
          <button>{words.button}</button>
        </form>
      ) : (
        <Note kind="urgent">{words.notYours}</Note>
      )}
    </>
  );
}
