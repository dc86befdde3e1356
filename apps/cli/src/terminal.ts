import { SingleBar } from 'cli-progress';
import { ProgramError } from '#platform';

// the reader of the output, a terminal or a program such as head, may go before the program ends
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** A line for the person at the terminal. */
export function progress(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A line for the person at the terminal, of a command whose standard output has another use. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

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

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs work that Ctrl-C breaks off in good order: the work gets a signal, and cleans up before the program ends. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => controller.abort(new ProgramError('Interrupted.'));
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}
