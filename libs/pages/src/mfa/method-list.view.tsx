import { FactorStatus, type ListedFactor } from '#mfa';
import type { SessionContext } from '../session/page-context.js';
import type { Texts } from '../texts/en/index.js';
import { methodName } from '../texts/method-name.js';
import { Note } from '../views/form.js';
import type { OwnFactors } from './own-factors.service.js';
import { Requirement } from './requirement.view.js';

interface MethodListProps {
  readonly context: SessionContext;
  readonly factors: OwnFactors;
  readonly now: Date;
  /** The person wanted to do something for which a method is needed first. */
  readonly isRequired: boolean;
  /** The method that was just turned on or off; nothing is said of what is not so. */
  readonly activated: unknown;
  readonly deactivated: unknown;
}

export function MethodList({ context, factors, now, isRequired, activated, deactivated }: MethodListProps) {
  const { texts, area } = context;
  const { mfa, methods } = texts;
  const nameIf = (type: unknown, status: FactorStatus): string | undefined =>
    factors.factors.some((factor) => factor.type === type && factor.status === status)
      ? methodName(texts, String(type))
      : undefined;
  const [on, off] = [nameIf(activated, FactorStatus.active), nameIf(deactivated, FactorStatus.disabled)];
  return (
    <>
      <h1>{mfa.title}</h1>
      {on && <Note kind="good">{mfa.activated(on)}</Note>}
      {off && <Note kind="good">{mfa.deactivated(off)}</Note>}
      {isRequired ? <Note kind="urgent">{mfa.requiredFirst}</Note> : <Requirement {...{ texts, factors, now }} />}
      <p>{mfa.intro}</p>
      {area.mfaHint && <p>{area.mfaHint(texts)}</p>}
      <ul class="cards">
        {factors.factors.map((factor) => (
          <li key={factor.type} class="card">
            <h2 id={`method-${factor.type}`}>{methodName(texts, factor.type)}</h2>
            <FactorState texts={texts} factor={factor} />
            <p>{methods[factor.type]?.about}</p>
            <p>
              <a
                id={`open-${factor.type}`}
                class={factor.status === FactorStatus.active ? 'button quiet' : 'button'}
                href={`${area.base}/mfa/${factor.type}`}
                aria-labelledby={`open-${factor.type} method-${factor.type}`}
              >
                {mfa.open[factor.status]}
              </a>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Whether a method is on, and how many codes are left of a list. */
export function FactorState({ texts, factor }: { readonly texts: Texts; readonly factor: ListedFactor }) {
  const { mfa } = texts;
  return (
    <p>
      <span class={factor.status === FactorStatus.active ? 'status on' : 'status'}>{mfa.status[factor.status]}</span>{' '}
      {remainingCodes(texts, factor)}
    </p>
  );
}

/** How many codes of a list are left; empty for other methods. */
export function remainingCodes({ mfa }: Texts, factor: ListedFactor): string {
  const remaining: unknown = factor['remaining'];
  return typeof remaining === 'number' ? mfa.remaining(remaining) : '';
}
