import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { ProgramError } from '#platform';

const MISSING = 'The tour needs bash and curl.';

/** One bash, as a person has it who pastes commands one after the other; it ends at a command that fails. */
export class Bash {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly closed: Promise<unknown>;
  private output = '';
  private startError: Error | undefined;

  constructor(private readonly signal: AbortSignal) {
    // in a process group of its own: Ctrl-C reaches it through the signal, with all that it runs
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
