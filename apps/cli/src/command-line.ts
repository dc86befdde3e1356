import { userInfo } from 'node:os';
import { SingleBar } from 'cli-progress';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { ProgramError } from '#platform';

/** Who runs the command, for the audit trail: the name of the login at this machine. */
export function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    // in a container the user may have a number and no name
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

/**
 * A program of this workspace, or the root of its commands; those made by its `command()` behave as it does.
 *
 * @param name how it is called, such as `npm run reset`
 */
export function newProgram(name: string, description: string): Command {
  return new Command(name)
    .description(prose(description))
    .helpOption('-h, --help', 'this text')
    .helpCommand(false)
    .configureOutput({ outputError: () => undefined })
    .exitOverride();
}

/**
 * Adds a command to a program, or to a group of its commands.
 *
 * @param summary what the program's own help says of it
 */
export function addCommand(parent: Command, name: string, summary: string, description: string): Command {
  return parent.command(name).summary(summary).description(prose(description)).helpCommand(false);
}

/** Adds a group of commands. */
export function addGroup(parent: Command, name: string, summary: string): Command {
  return addCommand(parent, name, summary, `${summary}.`);
}

/** Joins the lines of a paragraph, so that they are wrapped by the terminal's width. */
function prose(text: string): string {
  return text.trim().replaceAll(/(?<!\n)\n(?!\n)/g, ' ');
}

/**
 * Reads the command line and runs what it names.
 *
 * @param words what stands behind the program's name
 * @throws ProgramError naming the command, option or argument that is missing or wrong
 */
export async function runCommandLine(program: Command, words: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return;
    // commander has printed the help on standard error
    if (error.code === 'commander.help') throw new ProgramError('A command is missing.');
    throw new ProgramError(`${lineOf(error.message)} Try --help.`);
  }
}

function lineOf(message: string): string {
  const text = message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/\.$/, '');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

const MOMENT = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/**
 * Reads a day, which begins at midnight UTC, or a moment with its offset.
 *
 * @param option that the person has given it for
 * @throws ProgramError for anything else
 */
export function parseMoment(option: string, text: string): Date {
  if (MOMENT.safeParse(text).success) return new Date(text);
  throw new ProgramError(`${option} must be a day or moment such as 2026-11-01 or 2026-11-01T12:00:00Z.`);
}

// what reads the output, such as `head`, may end before this program
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** A line for the person at the terminal. */
export function progress(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The same on standard error, for a command that may write its data to standard output. */
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

/** Runs work that Ctrl-C interrupts: it is told by the signal, and cleans up before the program ends. */
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
