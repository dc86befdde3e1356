import { day } from '../texts/format.js';
import type { Texts } from '../texts/en/index.js';
import { Note } from '../views/form.js';
import type { OwnFactors } from './own-factors.service.js';

interface RequirementProps {
  readonly texts: Texts;
  readonly factors: OwnFactors;
  readonly now: Date;
}

/** What the shop requires, and from when on; nothing where a method satisfies it. */
export function Requirement({ texts, factors, now }: RequirementProps) {
  const [first] = factors.unsatisfied;
  if (!first) return null;
  const { overview, locale } = texts;
  return (
    <Note kind="urgent">
      <p>{first.requiredFrom <= now ? overview.required : overview.requiredFrom(day(locale, first.requiredFrom))}</p>
    </Note>
  );
}
