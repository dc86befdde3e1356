import { Requirement, type OwnFactors, type Texts } from '#pages';

interface OverviewProps {
  readonly texts: Texts;
  readonly email: string;
  readonly factors: OwnFactors;
  readonly now: Date;
}

export function Overview({ texts, email, factors, now }: OverviewProps) {
  const { overview } = texts;
  return (
    <>
      <h1>{overview.title}</h1>
      <Requirement texts={texts} factors={factors} now={now} />
      <p>{overview.signedInAs(email)}</p>
      {factors.active.length > 0 ? (
        <section class="card">
          <p>{overview.protected}</p>
          <p>
            <a href="/account/mfa">{overview.manage}</a>
          </p>
        </section>
      ) : (
        <section class="card">
          <h2>{overview.promptTitle}</h2>
          <p>{overview.prompt}</p>
          <p>
            <a class="button" href="/account/mfa">
              {overview.setUp}
            </a>
          </p>
        </section>
      )}
    </>
  );
}
