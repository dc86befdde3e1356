import { parseArgs } from 'node:util';
import { ProgramError } from '#platform';

/** The one option of a benchmark: a whole number. */
export interface NumberOption {
  /** The whole text of `--help`. */
  readonly help: string;
  readonly name: string;
  readonly fallback: number;
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * Reads the command line.
 *
 * @returns undefined when `--help` was asked for and printed
 * @throws ProgramError in one line for anything that the benchmark does not know
 */
export function readNumberOption({ help, name, fallback, minimum, maximum }: NumberOption): number | undefined {
  const values = parse(name);
  if (values['help']) {
    process.stdout.write(`${help.trim()}\n`);
    return undefined;
  }
  const given = values[name] ?? String(fallback);
  const value = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
  if (value >= minimum && value <= maximum) return value;
  throw new ProgramError(`--${name} must be a whole number from ${minimum} to ${maximum}. Try --help.`);
}

function parse(name: string): Record<string, string | boolean | undefined> {
  try {
    return parseArgs({ options: { help: { type: 'boolean', short: 'h' }, [name]: { type: 'string' } } }).values;
  } catch (error) {
    const [reason = ''] = (error as Error).message.split(/\. |\n/);
    throw new ProgramError(`${reason.replace(/\.$/, '')}. Try --help.`);
  }
}
