import { day, LineChart, Note, Table, type Texts } from '#pages';
import type { Counted } from '../../counted-figures/counted-figures.service.js';
import {
  FIGURE_RANGES,
  type DashboardDay,
  type DashboardFigures,
  type FigureRange,
} from '../../dashboard/dashboard-figures.service.js';
import { CountedAt } from './counted-at.view.js';

const KINDS = ['customer', 'user'] as const;
const COUNTS = ['sent', 'accepted', 'refused', 'locked'] as const;

interface FiguresProps {
  readonly texts: Texts;
  /** Undefined while they are counted for the first time. */
  readonly figures: Counted<DashboardFigures> | undefined;
  readonly range: FigureRange;
}

/** How many accounts have a second factor, and what became of codes: as charts, and as tables of the same figures. */
export function Figures({ texts, figures, range }: FiguresProps) {
  const { dashboard } = texts.backOffice;
  const { days = [], archivedBefore } = figures?.value ?? {};
  const [first] = days;
  return (
    <section>
      <h2>{dashboard.title}</h2>
      <Ranges texts={texts} range={range} />
      <CountedAt texts={texts} figures={[figures]} path={`/back-office?days=${range}`} />
      {archivedBefore && first && archivedBefore > first.day && (
        <Note>{dashboard.archived(day(texts.locale, archivedBefore))}</Note>
      )}
      {first && <Shares texts={texts} days={days} />}
      {first && <Codes texts={texts} days={days} />}
    </section>
  );
}

function Ranges({ texts: { backOffice }, range }: Pick<FiguresProps, 'texts' | 'range'>) {
  const { dashboard } = backOffice;
  return (
    <nav aria-label={dashboard.ranges}>
      <ul>
        {FIGURE_RANGES.map((days) => (
          <li key={days}>
            <a href={`/back-office?days=${days}`} aria-current={days === range ? 'true' : undefined}>
              {dashboard.days(days)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface DaysProps {
  readonly texts: Texts;
  readonly days: readonly DashboardDay[];
}

function Shares({ texts, days }: DaysProps) {
  const { dashboard } = texts.backOffice;
  const percent = new Intl.NumberFormat(texts.locale, { style: 'percent', maximumFractionDigits: 1 });
  const lines = KINDS.map((kind) => ({ name: dashboard.kinds[kind], values: days.map((one) => shareOf(one, kind)) }));
  return (
    <>
      <LineChart
        label={dashboard.shareLabel}
        lines={lines}
        {...spanOf(days, texts)}
        top={1}
        format={(value) => percent.format(value)}
      />
      <Table
        caption={dashboard.shares}
        hasNumbers
        head={[dashboard.day, ...KINDS.flatMap((kind) => [dashboard.kinds[kind], dashboard.protectedOf[kind]])]}
        rows={days.map((one) => [
          day(texts.locale, one.day),
          ...KINDS.flatMap((kind) => [
            percent.format(shareOf(one, kind)),
            dashboard.of(one.protectedAccounts[kind], one.accounts[kind]),
          ]),
        ])}
      />
    </>
  );
}

function Codes({ texts, days }: DaysProps) {
  const { dashboard } = texts.backOffice;
  const number = new Intl.NumberFormat(texts.locale);
  const lines = COUNTS.map((count) => ({ name: dashboard.counts[count], values: days.map((one) => one[count]) }));
  return (
    <>
      <LineChart
        label={dashboard.codesLabel}
        lines={lines}
        {...spanOf(days, texts)}
        format={(value) => number.format(value)}
      />
      <Table
        caption={dashboard.codes}
        hasNumbers
        head={[dashboard.day, ...COUNTS.map((count) => dashboard.counts[count])]}
        rows={days.map((one) => [day(texts.locale, one.day), ...COUNTS.map((count) => number.format(one[count]))])}
      />
    </>
  );
}

function shareOf({ accounts, protectedAccounts }: DashboardDay, kind: (typeof KINDS)[number]): number {
  return accounts[kind] === 0 ? 0 : Math.min(1, protectedAccounts[kind] / accounts[kind]);
}

function spanOf(days: readonly DashboardDay[], { locale }: Texts): { readonly from: string; readonly until: string } {
  const nameOf = (one: DashboardDay | undefined): string => (one ? day(locale, one.day) : '');
  return { from: nameOf(days[0]), until: nameOf(days.at(-1)) };
}
