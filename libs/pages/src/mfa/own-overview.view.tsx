import { isActing, mfaPathOf, type SessionContext } from '../session/page-context.js';
import type { OwnFactors } from './own-factors.service.js';
import { Requirement } from './requirement.view.js';

interface OwnOverviewProps {
  readonly context: SessionContext;
  readonly factors: OwnFactors;
  readonly now: Date;
}

/** Who is signed in, and how well the account is protected: what the first page of every area begins with. */
export function OwnOverview({ context, factors, now }: OwnOverviewProps) {
  const { texts, caller, session } = context;
  const { overview } = texts;
  const path = mfaPathOf(context);
  return (
    <>
      <h1>{isActing(session) ? texts.agent.acting.title : overview.title}</h1>
      <Requirement texts={texts} factors={factors} now={now} />
      <p>{overview.signedInAs(caller.email)}</p>
      {factors.active.length > 0 ? (
        <section class="card">
          <p>{overview.protected}</p>
          <p>
            <a href={path}>{overview.manage}</a>
          </p>
        </section>
      ) : (
        <section class="card">
          <h2>{overview.promptTitle}</h2>
          <p>{overview.prompt}</p>
          <p>
            <a class="button" href={path}>
              {overview.setUp}
            </a>
          </p>
        </section>
      )}
    </>
  );
}
