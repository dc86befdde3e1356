import { RECOVERY_CODE, type OwnFactors } from '../mfa/own-factors.service.js';
import type { Refusal } from '../refusal.js';
import type { Texts } from '../texts/en/index.js';
import { time } from '../texts/format.js';
import { methodName } from '../texts/method-name.js';
import { CodeField, ErrorSummary, Note } from '../views/form.js';

/** How long a button that sends codes waits after one was sent, where scripts run. */
export const RESEND_SECONDS = 30;
/** From how many on people are told how many attempts are left. */
const FEW_ATTEMPTS = 3;

/** What is shown besides the form that asks for a code. */
export interface StepUpShown {
  /** The method that a code was just sent by. */
  readonly sentBy?: string | undefined;
  /** The method that was chosen. Default: the one that was used last. */
  readonly chosen?: string | undefined;
  readonly refusal?: Refusal | undefined;
  /** A code should have been sent, and was not. */
  readonly isUnsent?: boolean;
}

interface StepUpFormProps extends StepUpShown {
  readonly texts: Texts;
  readonly factors: OwnFactors;
  /** Where the code is sent. */
  readonly action: string;
  /** A form that waits for the code, sealed. */
  readonly kept?: string;
  /** Where to go instead. */
  readonly cancel?: string;
}

/** Asks for a code: a whole page, or the content of the dialog. */
export function StepUpForm({ texts, factors, action, kept, cancel, ...shown }: StepUpFormProps) {
  const { refusal } = shown;
  const chosen = chosenOf(factors, shown);
  const isRecovery = chosen === RECOVERY_CODE;
  const hasCode = factors.active.length > 0; // a method can go away while its code is asked for
  return (
    <>
      <h1>{texts.code.title}</h1>
      <ErrorSummary problems={refusal?.problems ?? {}} texts={texts} />
      <Advice texts={texts} factors={factors} chosen={chosen} refusal={refusal} />
      <Intro texts={texts} factors={factors} {...shown} />
      <form class="card" method="post" action={action} data-step-up={kept === undefined ? undefined : true}>
        {kept !== undefined && <input type="hidden" name="kept" value={kept} />}
        <input type="hidden" name="chosen" value={chosen} />
        {hasCode && (
          <CodeField
            texts={texts}
            problems={refusal?.problems ?? {}}
            isRecovery={isRecovery}
            hint={isRecovery ? undefined : texts.code.hints[chosen]}
            isFocused={!refusal}
          />
        )}
        <p class="row">
          <button>{texts.code.button}</button>
          {cancel !== undefined && (
            <a class="button quiet" href={cancel} data-close>
              {texts.code.cancel}
            </a>
          )}
        </p>
        <OtherWays texts={texts} factors={factors} chosen={chosen} {...shown} />
      </form>
    </>
  );
}

function Intro({ texts, factors, sentBy, refusal, isUnsent = false }: Omit<StepUpFormProps, 'action'>) {
  const { code, refusals, locale } = texts;
  if (sentBy !== undefined) return <Note kind="good">{code.sent}</Note>;
  if (factors.lockedUntil && !refusal)
    return <Note kind="urgent">{code.lockedUntil(time(locale, factors.lockedUntil))}</Note>;
  if (isUnsent) return <Note kind="urgent">{refusals.sendingFailed(0)}</Note>;
  return <p>{code.intro}</p>;
}

function chosenOf({ active }: OwnFactors, { sentBy, chosen }: StepUpShown): string {
  return [sentBy, chosen].find((type) => type !== undefined && active.includes(type)) ?? active[0] ?? '';
}

interface ChosenProps extends Pick<StepUpFormProps, 'texts' | 'factors'>, StepUpShown {
  readonly chosen: string;
}

/** What helps after a wrong code: how many are left, and that the one of the mail is over. */
function Advice({ texts, factors, chosen, refusal }: ChosenProps) {
  if (refusal?.reason !== 'codeInvalid') return null;
  const { code, locale } = texts;
  const { senders, liveCodes, attemptsLeft, lockedUntil } = factors;
  if (lockedUntil) return <p>{code.lockedUntil(time(locale, lockedUntil))}</p>;
  const isOver = senders.includes(chosen) && !senders.some((type) => liveCodes.includes(type));
  return (
    <>
      {isOver && <p>{code.over}</p>}
      {attemptsLeft <= FEW_ATTEMPTS && <p>{code.attemptsLeft(attemptsLeft)}</p>}
    </>
  );
}

/** One button for each method that is on: those that send codes send one. */
function OtherWays({ texts, factors, chosen, sentBy, refusal }: ChosenProps) {
  const { code } = texts;
  const wait = refusal?.reason === 'sendLimit' ? refusal.secondsLeft : sentBy === undefined ? 0 : RESEND_SECONDS;
  const ways = factors.active.flatMap((type) => {
    if (factors.senders.includes(type)) {
      const text = factors.liveCodes.includes(type) || sentBy === type ? code.sendAgain : code.send;
      return (
        <button key={type} class="quiet" name="send" value={type} formNoValidate data-wait={wait || undefined}>
          {text}
        </button>
      );
    }
    if (type === chosen) return [];
    return (
      <button key={type} class="quiet" name="method" value={type} formNoValidate>
        {type === RECOVERY_CODE ? code.useRecovery : code.use(methodName(texts, type))}
      </button>
    );
  });
  return ways.length > 0 ? <p class="row">{ways}</p> : null;
}
