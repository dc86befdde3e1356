import { FactorStatus, type ListedFactor } from '#mfa';
import { Note, type Texts } from '#pages';
import { Requirement } from './overview.view.js';
import type { OwnFactors } from './own-factors.service.js';

interface MethodListProps {
  readonly texts: Texts;
  readonly factors: OwnFactors;
  readonly now: Date;
  /** The method that was just turned on or off; of an unknown name nothing is said. */
  readonly activated: string;
  readonly deactivated: string;
}

export function MethodList({ texts, factors, now, activated, deactivated }: MethodListProps) {
  const { mfa, methods } = texts;
  const [on, off] = [methods[activated], methods[deactivated]];
  return (
    <>
      <h1>{mfa.title}</h1>
      {on && <Note kind="good">{mfa.activated(on.name)}</Note>}
      {off && <Note kind="good">{mfa.deactivated(off.name)}</Note>}
      <Requirement texts={texts} factors={factors} now={now} />
      <p>{mfa.intro}</p>
      <ul class="cards">
        {factors.factors.map((factor) => (
          <li key={factor.type} class="card">
            <h2>{methods[factor.type]?.name ?? factor.type}</h2>
            <FactorState texts={texts} factor={factor} />
            <p>{methods[factor.type]?.about}</p>
            <p>
              <a href={`/account/mfa/${factor.type}`}>{mfa.open(methods[factor.type]?.name ?? factor.type)}</a>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Whether a method is on, and how many codes are left of a list. */
export function FactorState({ texts: { mfa }, factor }: { readonly texts: Texts; readonly factor: ListedFactor }) {
  const remaining: unknown = factor['remaining'];
  return (
    <p>
      <span class={factor.status === FactorStatus.active ? 'status on' : 'status'}>{mfa.status[factor.status]}</span>{' '}
      {typeof remaining === 'number' && mfa.remaining(remaining)}
    </p>
  );
}
