import { FactorStatus, type ListedFactor } from '#mfa';
import { CodeField, ErrorSummary, Note, type Problems, type Texts } from '#pages';
import { FactorState } from './method-list.view.js';
import type { OwnFactors } from './own-factors.service.js';
import { SendButtons } from './second-step.view.js';

export interface MethodPageProps {
  readonly texts: Texts;
  readonly factors: OwnFactors;
  readonly factor: ListedFactor;
  readonly problems: Problems;
  readonly isSent?: boolean;
  readonly isRestart?: boolean;
}

/** One method: begin, finish, or change it, as its status says. */
export function MethodPage(props: MethodPageProps) {
  const { texts, factor, problems, isRestart = false } = props;
  const { type, status } = factor;
  const method = texts.methods[type];
  const isBeginning = isRestart || status === FactorStatus.disabled;
  return (
    <>
      <h1>{method?.name ?? type}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      <FactorState texts={texts} factor={factor} />
      <p>{method?.about}</p>
      {isBeginning && <Beginning {...props} />}
      {!isBeginning && status === FactorStatus.pending && <Finishing {...props} />}
      {!isBeginning && status === FactorStatus.active && <Active {...props} />}
      <p>
        <a href="/account/mfa">{texts.mfa.done}</a>
      </p>
    </>
  );
}

function Beginning({ texts, factors, factor, problems, isSent = false }: MethodPageProps) {
  const { mfa, code } = texts;
  const path = `/account/mfa/${factor.type}`;
  const isRenewal = factor.status === FactorStatus.active;
  return (
    <>
      {isSent && <Note kind="good">{code.sent}</Note>}
      <form class="card" method="post" action={`${path}/activate`}>
        {isRenewal && <p>{mfa.renewHint}</p>}
        {factors.needsCode && <CodeField texts={texts} problems={problems} hint={mfa.stepUpIntro} />}
        <button>{isRenewal ? mfa.renew : mfa.activate}</button>
      </form>
      {factors.needsCode && (
        <SendButtons texts={texts} methods={factors.senders} action={`${path}/send`} isSent={isSent} />
      )}
    </>
  );
}

function Finishing({ texts, factor, problems, isSent = false }: MethodPageProps) {
  const { mfa } = texts;
  const path = `/account/mfa/${factor.type}`;
  return (
    <>
      {isSent ? <Note kind="good">{mfa.mailSent}</Note> : <p>{mfa.verifyIntro}</p>}
      <form class="card" method="post" action={`${path}/verify`}>
        <CodeField texts={texts} problems={problems} />
        <button>{mfa.verify}</button>
      </form>
      <p>
        <a href={`${path}?begin`}>{mfa.restart}</a>
      </p>
    </>
  );
}

function Active({ texts: { mfa }, factor }: MethodPageProps) {
  const path = `/account/mfa/${factor.type}`;
  return (
    <p class="row">
      {'remaining' in factor && (
        <a class="button" href={`${path}?begin`}>
          {mfa.renew}
        </a>
      )}
      <a class="button quiet" href={`${path}/deactivate`}>
        {mfa.deactivate}
      </a>
    </p>
  );
}
