import { ProgramError } from '../run-program.js';

/** What goes wrong with files and processes here is told by its path and code; the stack would help nobody. */
export function inOneLine(error: unknown): unknown {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (!code || !syscall) return error;
  return new ProgramError(`The embedded PostgreSQL cannot be used: ${code} at ${path ?? syscall}.`);
}
