import { ProgramError } from '#platform';
import { readCommandLine } from '../command-line.js';
import type { TourAddresses } from './addresses.js';

const HELP = `
Usage: npm run tour [-- <options>]

Walks the story of a stolen password against the running apps over HTTP: the storefront with a demo customer, the
backend with a demo Back Office user. Takes the codes from the local mailbox, prints every request and its answer, and
ends with exit code 1 and the difference when an answer is not as promised.

Each account begins and ends with its demo password and without MFA; a tour that was broken off is put right by the next.

Options:
  --storefront <url>   where the storefront is (http://HOST:STOREFRONT_PORT, or PUBLIC_URL_STOREFRONT)
  --backend <url>      where the backend is (http://HOST:BACKEND_PORT, or PUBLIC_URL_BACKEND)
  --mailbox <url>      where the local mailbox's web page is (http://HOST:MAILBOX_PORT)
  -h, --help           this text
`;

/**
 * Reads the command line.
 *
 * @returns the addresses that were given, without a slash at the end; undefined when `--help` was asked for and printed
 * @throws ProgramError naming the option or argument that is wrong
 */
export function readTourCommandLine(): Partial<TourAddresses> | undefined {
  const commandLine = readCommandLine({ help: HELP, options: ['storefront', 'backend', 'mailbox'] });
  if (!commandLine) return undefined;
  return Object.fromEntries(Object.entries(commandLine.values).map(([name, url]) => [name, checkedUrl(name, url)]));
}

function checkedUrl(option: string, url: string): string {
  if (!/^https?:\/\/[^/]/i.test(url) || !URL.canParse(url)) {
    throw new ProgramError(`--${option} must be a URL that starts with http:// or https://.`);
  }
  return url.replace(/\/+$/, '');
}
