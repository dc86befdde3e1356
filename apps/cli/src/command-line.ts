import { userInfo } from 'node:os';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { ProgramError } from '#platform';

/** Who runs the command, for the audit trail: the name of the login at this machine. */
export function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    // a container may run under a number that no name belongs to
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

/** Paragraphs as the terminal's width wraps them, whatever the lines of the source are. */
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
    // without a command the help was printed, on standard error
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
