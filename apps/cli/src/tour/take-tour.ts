import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { styleText } from 'node:util';
import { ProgramError } from '#platform';
import { progress } from '../command-line.js';
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

// styleText adds no colours where standard output is not a terminal

function tellText(text: string): void {
  progress(`\n${styleText('bold', text.replaceAll('**', ''))}`);
}

function tellCommands(code: string): void {
  progress(`\n${styleText('cyan', code.replaceAll(/^/gm, '  '))}`);
}

function tellOutput(output: string): void {
  if (output.trim() !== '') progress(output.trimEnd().replaceAll(/^/gm, '  '));
}

const MISSING = 'The tour needs bash and curl.';

/** One bash for all commands, as for a person who pastes them one after the other; it ends at a command that fails. */
class Bash {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly closed: Promise<unknown>;
  private output = '';
  private startError: Error | undefined;

  constructor(private readonly signal: AbortSignal) {
    // in a process group of its own, so that the signal of Ctrl-C can end it together with all that it runs
    this.child = spawn('bash', ['--noprofile', '--norc', '-e'], { detached: true, stdio: 'pipe' });
    this.closed = new Promise((resolve) => this.child.once('close', resolve));
    this.child.on('error', (error) => (this.startError = error));
    this.child.stdin.on('error', () => undefined); // of a bash that has ended
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    signal.addEventListener('abort', () => this.stop(), { once: true });
  }

  /**
   * Runs commands and waits for their end.
   *
   * @returns what they have printed, on standard output and standard error
   * @throws ProgramError when a command fails, bash is missing, or the signal comes
   */
  async run(code: string): Promise<string> {
    const mark = randomUUID();
    this.output = '';
    this.child.stdin.write(`eval ${quoted(code)} </dev/null 2>&1\nprintf '\\n%s\\n' ${mark}\n`);
    const end = `\n${mark}\n`;
    while (!this.output.endsWith(end)) {
      if (await this.hasEnded()) throw this.failure();
    }
    return this.output.slice(0, -end.length);
  }

  /** @throws ProgramError unless the programs can be called */
  async checkPrograms(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const found = await this.run(`command -v ${name} || true`);
      if (found === '') throw new ProgramError(`${name} is missing. ${MISSING}`);
    }
  }

  stop(): void {
    const { pid, exitCode, signalCode } = this.child;
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
  }

  /** Waits for more output; @returns whether none will come */
  private async hasEnded(): Promise<boolean> {
    const more = once(this.child.stdout, 'data').then(() => false);
    return Promise.race([more, this.closed.then(() => true)]);
  }

  private failure(): Error {
    this.signal.throwIfAborted();
    if (this.startError) return new ProgramError(`bash cannot be started (${this.startError.message}). ${MISSING}`);
    const { exitCode, signalCode } = this.child;
    return new ProgramError(`a command failed (${signalCode ?? `exit code ${exitCode}`})\n${this.output.trim()}`);
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
