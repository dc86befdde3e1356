import { parseArgs } from 'node:util';
import { ProgramError } from '#platform';

export interface Command<Option extends string> {
  /** The whole text of `--help`. */
  readonly help: string;
  /** How many arguments without a dash it takes at most. */
  readonly maximumArguments?: number;
  /** The options that take a value. */
  readonly options?: readonly Option[];
}

export interface CommandLine<Option extends string> {
  readonly positionals: readonly string[];
  readonly values: Partial<Readonly<Record<Option, string>>>;
}

/**
 * Reads the command line.
 *
 * @returns undefined when `--help` was asked for and printed
 * @throws ProgramError naming the option or argument that the command does not know
 */
export function readCommandLine<Option extends string = never>({
  help,
  maximumArguments = 0,
  options = [],
}: Command<Option>): CommandLine<Option> | undefined {
  const { values, positionals } = parse(options);
  if (values['help']) {
    process.stdout.write(`${help.trim()}\n`);
    return undefined;
  }
  const unexpected = positionals[maximumArguments];
  if (unexpected !== undefined) throw new ProgramError(`Unexpected argument ${unexpected}. Try --help.`);
  return { positionals, values: values as Partial<Record<Option, string>> };
}

function parse(names: readonly string[]) {
  const valued = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    return parseArgs({ options: { ...valued, help: { type: 'boolean', short: 'h' } }, allowPositionals: true });
  } catch (error) {
    const [reason = ''] = (error as Error).message.split(/\. |\n/);
    throw new ProgramError(`${reason.replace(/\.$/, '')}. Try --help.`);
  }
}
