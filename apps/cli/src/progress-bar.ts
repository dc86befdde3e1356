import { SingleBar } from 'cli-progress';

const PLAIN_LINE_MS = 10_000;

/** How far a long command is, on standard error: a bar at a terminal, elsewhere a plain line now and then. */
export class ProgressBar {
  private readonly bar: SingleBar;

  /**
   * @param task what is done, such as `Exporting`
   * @param unit what is counted, such as `accounts`
   * @param total undefined: not known
   */
  constructor(task: string, unit: string, total: number | undefined) {
    const whole = `${task} [{bar}] {percentage}% | {value} of {total} ${unit} | {eta_formatted} left`;
    this.bar = new SingleBar({
      format: total === undefined ? `${task}: {value} ${unit}` : whole,
      stream: process.stderr,
      noTTYOutput: true,
      notTTYSchedule: PLAIN_LINE_MS,
    });
    this.bar.start(total ?? 0, 0);
  }

  update(value: number): void {
    // an estimated total may be too low
    if (value > this.bar.getTotal()) this.bar.setTotal(value);
    this.bar.update(value);
  }

  stop(): void {
    this.bar.stop();
  }
}
