import { Checkbox, ErrorSummary, type Problems, type Texts } from '#pages';

import { CurrentPasswordField } from '../current-password.view.js';

export interface DeletionPageProps {
  readonly texts: Texts;
  readonly asksForPassword: boolean;
  readonly problems?: Problems;
  /** The box is ticked already. */
  readonly isConfirmed?: boolean;
}

export function DeletionPage({ texts, asksForPassword, problems = {}, isConfirmed = false }: DeletionPageProps) {
  const { deletion } = texts.account;
  return (
    <>
      <h1>{deletion.title}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      <p>{deletion.intro}</p>
      <ul>
        {deletion.lost.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <form class="card" method="post" action="/account/delete" data-step-up>
        <Checkbox name="confirmed" problems={problems} isChecked={isConfirmed}>
          {deletion.confirm}
        </Checkbox>
        {asksForPassword && <CurrentPasswordField texts={texts} problems={problems} />}
        <p class="row">
          <button class="danger">{deletion.button}</button>
          <a class="button quiet" href="/account/profile">
            {deletion.keep}
          </a>
        </p>
      </form>
    </>
  );
}
