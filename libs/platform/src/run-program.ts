import { databaseFailure } from './database/database-errors.js';
import type { DatabaseFault } from './database/sql-states.js';

/** An error whose message alone is shown to the person at the terminal. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
  readonly forOperator = true;
}

/** Runs a program's main function. Writes an error as one clear line to standard error, and exits with code 1. */
export async function runProgram(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

/** Members of an error that are used. `forOperator`: the message is written for the person who starts the program. */
interface StartFailure {
  readonly forOperator?: boolean;
  readonly code?: string;
  readonly port?: number;
  readonly message?: string;
}

function explain(error: unknown): string {
  const { code, port, message, forOperator } = error as StartFailure;
  if (forOperator && message) return message;
  if (code === 'EADDRINUSE') return `Port ${port} is taken by another program.`;
  if (code === 'EACCES' && port) return `Port ${port} needs more rights than this user has.`;
  if (code === '28P01' || code === '28000') return 'The database refused the login in DATABASE_URL.';
  if (code === '3D000') return 'The database named in DATABASE_URL does not exist.';
  const failure = databaseFailure(error);
  if (failure) return `${sentence(failure.reason)} (${detailOf(code, message)}).${hint(failure.fault)}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** For SQLSTATEs the message says more than the code; for Node's errors the code is enough. */
function detailOf(code: string | undefined, message: string | undefined): string | undefined {
  return code && !/^[0-9A-Z]{5}$/.test(code) ? code : message || code;
}

function hint(fault: DatabaseFault): string {
  return fault === 'unreachable' ? ' Check DATABASE_URL.' : '';
}
