import { parseArgs } from 'node:util';
import { ProgramError } from '#platform';

export interface Command {
  /** The whole text of `--help`. */
  readonly help: string;
  /** How many arguments without a dash it takes at most. */
  readonly maximumArguments?: number;
}

/**
 * Reads the command line.
 *
 * @returns the arguments; undefined when `--help` was asked for and printed
 * @throws ProgramError naming the option or argument that the command does not know
 */
export function readCommandLine({ help, maximumArguments = 0 }: Command): readonly string[] | undefined {
  const { values, positionals } = parse();
  if (values.help) {
    process.stdout.write(`${help.trim()}\n`);
    return undefined;
  }
  const unexpected = positionals[maximumArguments];
  if (unexpected !== undefined) throw new ProgramError(`Unexpected argument ${unexpected}. Try --help.`);
  return positionals;
}

function parse() {
  try {
    return parseArgs({ options: { help: { type: 'boolean', short: 'h' } }, allowPositionals: true });
  } catch (error) {
    const [reason = ''] = (error as Error).message.split(/\. |\n/);
    throw new ProgramError(`${reason.replace(/\.$/, '')}. Try --help.`);
  }
}
