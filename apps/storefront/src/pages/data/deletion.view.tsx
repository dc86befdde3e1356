import { Checkbox, ErrorSummary, type Problems, type Texts } from '#pages';

interface DeletionPageProps {
  readonly texts: Texts;
  readonly problems: Problems;
}

export function DeletionPage({ texts, problems }: DeletionPageProps) {
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
        <Checkbox name="confirmed" problems={problems}>
          {deletion.confirm}
        </Checkbox>
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
