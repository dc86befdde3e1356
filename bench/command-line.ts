import { parseArgs } from 'node:util';
import { ProgramError } from '#platform';

/** The options of a benchmark: a whole number, and optional texts. */
export interface Options<Text extends string> {
  /** The complete text of `--help`. */
  readonly help: string;
  readonly number: {
    readonly name: string;
    readonly fallback: number;
    readonly minimum: number;
    readonly maximum: number;
  };
  readonly texts: readonly Text[];
}

interface Given<Text extends string> {
  readonly number: number;
  readonly texts: Readonly<Partial<Record<Text, string>>>;
}

/**
 * Reads the command line.
 *
 * @returns undefined if `--help` was printed
 * @throws ProgramError in one line if an option is unknown or invalid
 */
export function readCommandLine<Text extends string = never>(options: Options<Text>): Given<Text> | undefined {
  const { help, number, texts } = options;
  const { help: isHelp, ...values } = parse([number.name, ...texts]);
  if (isHelp) {
    process.stdout.write(`${help.trim()}\n`);
    return undefined;
  }
  const { [number.name]: given = String(number.fallback), ...others } = values as Record<string, string>;
  const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
  if (value >= number.minimum && value <= number.maximum)
    return { number: value, texts: others as Given<Text>['texts'] };
  throw new ProgramError(
    `--${number.name} must be a whole number from ${number.minimum} to ${number.maximum}. Try --help.`,
  );
}

function parse(names: readonly string[]): Record<string, string | boolean | undefined> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' } as const]));
  try {
    return parseArgs({ options: { help: { type: 'boolean', short: 'h' }, ...options } }).values;
  } catch (error) {
    const [reason = ''] = (error as Error).message.split(/\. |\n/);
    throw new ProgramError(`${reason.replace(/\.$/, '')}. Try --help.`);
  }
}
