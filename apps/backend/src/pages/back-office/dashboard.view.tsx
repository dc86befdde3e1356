import type { ComponentChildren } from 'preact';
import { day, LineChart, Note, Table, type Texts } from '#pages';
import type { Figure } from '../../counted-figures/counted-figures.service.js';
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
  readonly figures: Figure<DashboardFigures>;
  readonly range: FigureRange;
}

/** How many accounts have a second factor, and what became of codes: as charts, and as tables of the same figures. */
export function Figures({ texts, figures, range }: FiguresProps) {
  const { dashboard } = texts.backOffice;
  const { days = [], archivedBefore } = figures.last?.value ?? {};
  const [first] = days;
  return (
    <section>
      <h2>{dashboard.title}</h2>
      <Ranges texts={texts} range={range} />
      <CountedAt texts={texts} figures={[figures]} path={`/back-office?days=${range}`} />
      {archivedBefore && first && archivedBefore > first.day && (
        <Note>{dashboard.archived(day(texts.locale, archivedBefore))}</Note>
      )}
      {first && <Summary texts={texts} days={days} />}
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

/** The shares of the last day, and the sums of all days. */
function Summary({ texts, days }: DaysProps) {
  const { dashboard } = texts.backOffice;
  const number = new Intl.NumberFormat(texts.locale);
  const last = days.at(-1);
  return (
    <dl class="figures">
      {last &&
        KINDS.map((kind) => (
          <div key={kind} class="card">
            <dt>{dashboard.protectedNow[kind]}</dt>
            <dd>{percentOf(texts)(shareOf(last, kind))}</dd>
            <dd class="hint">{dashboard.of(last.protectedAccounts[kind], last.accounts[kind])}</dd>
          </div>
        ))}
      {COUNTS.map((count) => (
        <div key={count} class="card">
          <dt>{dashboard.countsInAll[count]}</dt>
          <dd>{number.format(days.reduce((sum, one) => sum + one[count], 0))}</dd>
        </div>
      ))}
    </dl>
  );
}

function Shares({ texts, days }: DaysProps) {
  const { dashboard } = texts.backOffice;
  const percent = percentOf(texts);
  const lines = KINDS.map((kind) => ({ name: dashboard.kinds[kind], values: days.map((one) => shareOf(one, kind)) }));
  return (
    <section>
      <h3>{dashboard.shares}</h3>
      <LineChart label={dashboard.shareLabel} lines={lines} {...spanOf(days, texts)} top={1} format={percent} />
      <Folded summary={dashboard.asTable}>
        <Table
          caption={dashboard.shares}
          hasNumbers
          head={[dashboard.day, ...KINDS.flatMap((kind) => [dashboard.kinds[kind], dashboard.protectedOf[kind]])]}
          rows={days.map((one) => [
            day(texts.locale, one.day),
            ...KINDS.flatMap((kind) => [
              percent(shareOf(one, kind)),
              dashboard.of(one.protectedAccounts[kind], one.accounts[kind]),
            ]),
          ])}
        />
      </Folded>
    </section>
  );
}

function Codes({ texts, days }: DaysProps) {
  const { dashboard } = texts.backOffice;
  const number = new Intl.NumberFormat(texts.locale);
  const lines = COUNTS.map((count) => ({ name: dashboard.counts[count], values: days.map((one) => one[count]) }));
  return (
    <section>
      <h3>{dashboard.codes}</h3>
      <LineChart
        label={dashboard.codesLabel}
        lines={lines}
        {...spanOf(days, texts)}
        format={(value) => number.format(value)}
      />
      <Folded summary={dashboard.asTable}>
        <Table
          caption={dashboard.codes}
          hasNumbers
          head={[dashboard.day, ...COUNTS.map((count) => dashboard.counts[count])]}
          rows={days.map((one) => [day(texts.locale, one.day), ...COUNTS.map((count) => number.format(one[count]))])}
        />
      </Folded>
    </section>
  );
}

function Folded({ summary, children }: { readonly summary: string; readonly children: ComponentChildren }) {
  return (
    <details>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}

function percentOf({ locale }: Texts): (share: number) => string {
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  return (share) => percent.format(share);
}

function shareOf({ accounts, protectedAccounts }: DashboardDay, kind: (typeof KINDS)[number]): number {
  return accounts[kind] === 0 ? 0 : Math.min(1, protectedAccounts[kind] / accounts[kind]);
}

function spanOf(days: readonly DashboardDay[], { locale }: Texts): { readonly from: string; readonly until: string } {
  const nameOf = (one: DashboardDay | undefined): string => (one ? day(locale, one.day) : '');
  return { from: nameOf(days[0]), until: nameOf(days.at(-1)) };
}
