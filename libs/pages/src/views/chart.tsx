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

const [WIDTH, HEIGHT] = [640, 220];
const [LEFT, RIGHT, TOP, BOTTOM] = [52, WIDTH - 12, 12, HEIGHT - 26];
const STEPS = 4;

/** Lines over time, drawn on the server, without scripts and inline styles. */
export function LineChart({ label, lines, from, until, top, format }: LineChartProps) {
  const most = top ?? roundAbove(Math.max(...lines.flatMap(({ values }) => values), 1));
  const y = (value: number): number => BOTTOM - ((BOTTOM - TOP) * value) / most;
  return (
    <figure class="card chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {Array.from({ length: STEPS + 1 }, (_, step) => (most * step) / STEPS).map((mark) => (
          <g key={mark}>
            <line class="grid" x1={LEFT} x2={RIGHT} y1={y(mark)} y2={y(mark)} />
            <text x={LEFT - 6} y={y(mark) + 4} text-anchor="end">
              {format(mark)}
            </text>
          </g>
        ))}
        <text x={LEFT} y={HEIGHT - 6}>
          {from}
        </text>
        <text x={RIGHT} y={HEIGHT - 6} text-anchor="end">
          {until}
        </text>
        {lines.map(({ name, values }, index) => (
          <polyline key={name} class={`line s${index}`} points={pointsOf(values, y)} />
        ))}
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

/** From the left to the right edge. */
function pointsOf(values: readonly number[], y: (value: number) => number): string {
  const step = (RIGHT - LEFT) / (values.length - 1);
  return values.map((value, index) => `${(LEFT + step * index).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
}

/** The next of 4, 8, 20, 40, 80, 200, …, so that each step of the scale is a whole number. */
function roundAbove(value: number): number {
  for (let unit = 4; ; unit *= 10) {
    const fitting = [unit, unit * 2, unit * 5].find((round) => round >= value);
    if (fitting !== undefined) return fitting;
  }
}
