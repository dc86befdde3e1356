import { FactorStatus } from '#mfa';
import { isActing, mfaPathOf, type SessionContext } from '../session/page-context.js';
import { methodName } from '../texts/method-name.js';
import { remainingCodes } from './method-list.view.js';
import { factorOf, RECOVERY_CODE, type OwnFactors } from './own-factors.service.js';
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
        <Protection {...{ texts, factors, path }} />
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

interface ProtectionProps extends Pick<SessionContext, 'texts'> {
  readonly factors: OwnFactors;
  /** Of the methods. */
  readonly path: string;
}

/** The methods that are on, and that recovery codes are missing where they are. */
function Protection({ texts, factors, path }: ProtectionProps) {
  const { overview, mfa } = texts;
  const lacksRecoveryCodes = factorOf(factors, RECOVERY_CODE)?.status === FactorStatus.disabled;
  return (
    <section class="card">
      <h2>{mfa.title}</h2>
      <p>{overview.protected}</p>
      <ul>
        {factors.factors
          .filter(({ status }) => status === FactorStatus.active)
          .map((factor) => (
            <li key={factor.type}>
              {[methodName(texts, factor.type), remainingCodes(texts, factor)].filter(Boolean).join(': ')}
            </li>
          ))}
      </ul>
      {lacksRecoveryCodes && <p>{overview.noRecoveryCodes}</p>}
      <p>
        <a class="button quiet" href={path}>
          {overview.manage}
        </a>
      </p>
    </section>
  );
}
