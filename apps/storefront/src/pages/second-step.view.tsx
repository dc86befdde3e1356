import { CodeField, ErrorSummary, Note, type Problems, type Texts } from '#pages';
import type { OwnFactors } from './own-factors.service.js';

interface SecondStepFormProps {
  readonly texts: Texts;
  readonly factors: OwnFactors;
  readonly problems: Problems;
  /** A code was just sent. */
  readonly isSent?: boolean;
  readonly isRecovery?: boolean;
}

export function SecondStepForm({ texts, factors, problems, isSent = false, isRecovery = false }: SecondStepFormProps) {
  const { code } = texts;
  const path = '/account/sign-in/code';
  return (
    <>
      <h1>{code.title}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      {isSent ? <Note kind="good">{code.sent}</Note> : <p>{code.intro}</p>}
      <form class="card" method="post" action={path}>
        <CodeField
          texts={texts}
          problems={problems}
          isRecovery={isRecovery}
          hint={isRecovery ? undefined : code.hint}
        />
        {isRecovery && <input type="hidden" name="recovery" value="yes" />}
        <button>{code.button}</button>
      </form>
      <SendButtons texts={texts} methods={factors.senders} action={`${path}/send`} isSent={isSent} />
      {factors.hasRecoveryCodes && (
        <p>{isRecovery ? <a href={path}>{code.useOther}</a> : <a href={`${path}?recovery`}>{code.useRecovery}</a>}</p>
      )}
    </>
  );
}

interface SendButtonsProps {
  readonly texts: Texts;
  /** The methods that can send a code. */
  readonly methods: readonly string[];
  readonly action: string;
  readonly isSent?: boolean;
}

/** One button for each method that sends codes. */
export function SendButtons({ texts: { code }, methods, action, isSent = false }: SendButtonsProps) {
  return (
    <>
      {methods.map((method) => (
        <form key={method} method="post" action={action}>
          <input type="hidden" name="method" value={method} />
          <p>
            <button class="quiet">{isSent ? code.sendAgain : code.send}</button>
          </p>
        </form>
      ))}
    </>
  );
}
