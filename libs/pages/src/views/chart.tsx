/** One line of a chart. */
interface ChartLine {
  readonly name: string;
  /** Two or more. */
  readonly values: readonly number[];
}

interface LineChartProps {
  /** What the chart says, for those who do not see it; the same figures stand in a table. */
  readonly label: string;
  /** Up to four. They differ by dashes as well as by colour. */
  readonly lines: readonly ChartLine[];
  /** The names of the first and the last value. */
  readonly from: string;
  readonly until: string;
  /** The highest value of the scale. Default: a round number above all values. */
  readonly top?: number;
  /** A value as the scale shows it. */
  readonly format: (value: number) => string;
}

/** In pixels, at every width of the screen: only the lines are stretched. Names of marks are in the padding on the left. */
const [HEIGHT, TOP, BOTTOM] = [220, 12, 194];
const STEPS = 4;

/** Lines over time, drawn on the server, without scripts and inline styles. */
export function LineChart({ label, lines, from, until, top, format }: LineChartProps) {
  const most = top ?? roundAbove(Math.max(...lines.flatMap(({ values }) => values), 1));
  return (
    <figure class="card chart">
      <svg height={HEIGHT} role="img" aria-label={label}>
        {Array.from({ length: STEPS + 1 }, (_, step) => {
          const y = BOTTOM - ((BOTTOM - TOP) * step) / STEPS;
          return (
            <g key={step} class={step % 2 === 1 ? 'minor' : undefined}>
              <line class="grid" x1="0" x2="100%" y1={y} y2={y} />
              <text x="-6" y={y + 4} text-anchor="end">
                {format((most * step) / STEPS)}
              </text>
            </g>
          );
        })}
        <text x="0" y={HEIGHT - 6}>
          {from}
        </text>
        <text x="100%" y={HEIGHT - 6} text-anchor="end">
          {until}
        </text>
        <svg class="plot" y={TOP} width="100%" height={BOTTOM - TOP} viewBox="0 0 100 100" preserveAspectRatio="none">
          {lines.map(({ name, values }, index) => (
            <polyline key={name} class={`line s${index}`} points={pointsOf(values, most)} />
          ))}
        </svg>
      </svg>
      <Legend lines={lines} />
    </figure>
  );
}

function Legend({ lines }: Pick<LineChartProps, 'lines'>) {
  return (
    <ul class="legend">
      {lines.map(({ name }, index) => (
        <li key={name}>
          <svg viewBox="0 0 40 12" aria-hidden="true">
            <line class={`line s${index}`} x1="0" x2="40" y1="6" y2="6" />
          </svg>{' '}
          {name}
        </li>
      ))}
    </ul>
  );
}

/** From the left to the right edge, in percent of the plot. */
function pointsOf(values: readonly number[], most: number): string {
  const step = 100 / (values.length - 1);
  return values
    .map((value, index) => `${(step * index).toFixed(2)},${(100 - (100 * value) / most).toFixed(2)}`)
    .join(' ');
}

/** The next of 4, 8, 20, 40, 80, 200, …, so that each step of the scale is a whole number. */
function roundAbove(value: number): number {
  for (let unit = 4; ; unit *= 10) {
    const fitting = [unit, unit * 2, unit * 5].find((round) => round >= value);
    if (fitting !== undefined) return fitting;
  }
}
