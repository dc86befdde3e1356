import { FactorStatus, type ListedFactor } from '#mfa';
import type { Texts } from '../texts/en/index.js';
import { methodName } from '../texts/method-name.js';
import { CodeField, ErrorSummary, Note, type Problems } from '../views/form.js';
import { FactorState } from './method-list.view.js';
import type { OwnFactors } from './own-factors.service.js';
import { SendButtons } from './send-buttons.view.js';

export interface MethodPageProps {
  readonly texts: Texts;
  /** Of the list of methods. */
  readonly path: string;
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
  const isBeginning = isRestart || status === FactorStatus.disabled;
  return (
    <>
      <h1>{methodName(texts, type)}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      <FactorState texts={texts} factor={factor} />
      <p>{texts.methods[type]?.about}</p>
      {isBeginning && <Beginning {...props} />}
      {!isBeginning && status === FactorStatus.pending && <Finishing {...props} />}
      {!isBeginning && status === FactorStatus.active && <Active {...props} />}
      <p>
        <a href={props.path}>{texts.mfa.done}</a>
      </p>
    </>
  );
}

function Beginning({ path: listPath, texts, factors, factor, problems, isSent = false }: MethodPageProps) {
  const { mfa, code } = texts;
  const path = `${listPath}/${factor.type}`;
  const isRenewal = factor.status === FactorStatus.active;
  return (
    <>
      {isSent && <Note kind="good">{code.sent}</Note>}
      <form class="card" method="post" action={`${path}/activate`}>
        {isRenewal && <p>{mfa.renewHint}</p>}
        {factors.active.length > 0 && <CodeField texts={texts} problems={problems} hint={mfa.stepUpIntro} />}
        <button>{isRenewal ? mfa.renew : mfa.activate}</button>
      </form>
      {factors.active.length > 0 && (
        <SendButtons texts={texts} methods={factors.senders} action={`${path}/send`} isSent={isSent} />
      )}
    </>
  );
}

function Finishing({ path: listPath, texts, factor, problems, isSent = false }: MethodPageProps) {
  const { mfa } = texts;
  const path = `${listPath}/${factor.type}`;
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

function Active({ path: listPath, texts: { mfa }, factor }: MethodPageProps) {
  const path = `${listPath}/${factor.type}`;
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
