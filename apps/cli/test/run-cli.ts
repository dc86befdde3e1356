import { vi } from 'vitest';
import type { Settings } from '#platform';
import { runCommandLine } from '../src/command-line.js';
import { operatorsProgram } from '../src/operators-program.js';

export interface Run {
  readonly exitCode: 0 | 1;
  readonly out: string;
  /** Standard error, with the failure behind it. */
  readonly err: string;
}

/** Runs a command as `npm run cli -- …` does, and catches what it prints. */
export async function runCli(settings: Settings, ...words: readonly string[]): Promise<Run> {
  const printed = { out: '', err: '' };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((printed.out += String(chunk)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => ((printed.err += String(chunk)), true)),
  ];
  try {
    await runCommandLine(
      operatorsProgram(() => settings),
      words,
    );
    return { exitCode: 0, ...printed };
  } catch (error) {
    const { name, forOperator, message } = error as Error & { forOperator?: boolean };
    if (!forOperator) throw error;
    return { exitCode: 1, out: printed.out, err: `${printed.err}${name}: ${message}` };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
