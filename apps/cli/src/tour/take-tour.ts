import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { styleText } from 'node:util';
import { ProgramError } from '#platform';
import { progress } from '../terminal.js';
import { Bash } from './bash.js';
import { type Commands, differenceOf, type Part, readDocument } from './document.js';

const SEND_LIMIT = '"code":"5912"';

export interface Tour {
  /** Path of the Markdown document. */
  readonly document: string;
  /** Shell variables that the document finds set. */
  readonly variables: Readonly<Record<string, string>>;
  /** Programs that the document calls. */
  readonly programs: readonly string[];
  /** How long to wait, in ms, when an account was sent too many codes. */
  readonly sendIntervalMs: number;
}

/**
 * Runs the commands of a document in one bash, prints them with their answers, and compares these with what the
 * document promises.
 *
 * @throws ProgramError naming the document's line when an answer is not as promised, or a command fails
 */
export async function takeTour(tour: Tour, signal: AbortSignal): Promise<void> {
  const { document, variables, programs, sendIntervalMs } = tour;
  const parts = await readParts(document);
  const bash = new Bash(signal);
  try {
    await bash.checkPrograms(programs);
    for (const [name, value] of Object.entries(variables)) await bash.run(`${name}='${value}'`);
    let kept = 0;
    for (const part of parts) {
      if ('text' in part) tellText(part.text);
      else kept += await runCommands(part);
    }
    progress(`\nTour complete: ${kept} answers, as promised.`);
  } finally {
    bash.stop();
  }

  /** @returns how many lines were as promised */
  async function runCommands(commands: Commands): Promise<number> {
    tellCommands(commands.code);
    let output = await run(commands);
    if (output.includes(SEND_LIMIT)) {
      progress(
        styleText('yellow', `  Too many codes were sent to this account (5912): waiting ${sendIntervalMs / 1000} s.`),
      );
      await sleep(sendIntervalMs, undefined, { signal }).catch(() => signal.throwIfAborted());
      output = await run(commands);
    }
    const difference = differenceOf(commands, output);
    if (!difference) return commands.promised.length;
    const { line, promised, came } = difference;
    throw new ProgramError(`${document}:${line}: not as promised\n  promised: ${promised}\n  came:     ${came}`);
  }

  async function run({ code, line }: Commands): Promise<string> {
    const output = await bash.run(code).catch((error: Error) => {
      signal.throwIfAborted();
      throw new ProgramError(`${document}:${line}: ${error.message}`);
    });
    tellOutput(output);
    return output;
  }
}

async function readParts(document: string): Promise<readonly Part[]> {
  const markdown = await readFile(document, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ProgramError(`${document} cannot be read (${error.code}).`);
  });
  const parts = readDocument(markdown);
  if (!parts.some((part) => 'promised' in part && part.promised.length > 0)) {
    throw new ProgramError(`${document} has no bash block with a promised answer.`);
  }
  return parts.slice(0, parts.findLastIndex((part) => 'promised' in part) + 1);
}

// styleText leaves a single style out where standard output is no terminal

function tellText(text: string): void {
  progress(`\n${styleText('bold', text.replaceAll('**', ''))}`);
}

function tellCommands(code: string): void {
  progress(`\n${styleText('cyan', code.replaceAll(/^/gm, '  '))}`);
}

function tellOutput(output: string): void {
  if (output.trim() !== '') progress(output.trimEnd().replaceAll(/^/gm, '  '));
}
