import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The root folder of the workspace, with a slash at the end. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);

/**
 * Runs a program. Rejects with all its output if it fails.
 *
 * @returns its standard output
 */
export async function runProgram(program: string, words: readonly string[], cwd = ROOT): Promise<string> {
  try {
    return (await run(program, words, { cwd })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${program} ${words.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** Runs the workspace's TypeScript compiler. */
export const tsc = (words: readonly string[], cwd?: string): Promise<string> =>
  runProgram(process.execPath, [`${ROOT}node_modules/typescript/bin/tsc`, ...words], cwd);
