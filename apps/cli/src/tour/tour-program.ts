import type { Command } from 'commander';
import { ProgramError } from '#platform';
import { newProgram } from '../command-line.js';
import type { TourAddresses } from './addresses.js';

const DESCRIPTION = `
Walks the story of a stolen password against the running apps over HTTP: the storefront with a demo customer, the
backend with a demo Back Office user. Then an administrator helps a customer who lost the mailbox. Takes the codes from the local mailbox, prints every request and its answer, and
ends with exit code 1 and the difference when an answer is not as promised.

Each account begins and ends with its demo password and without MFA; a tour that was broken off is put right by the
next.
`;

/** @param take gets the addresses that were given, without a slash at the end */
export function tourProgram(take: (addresses: Partial<TourAddresses>) => Promise<void>): Command {
  return newProgram('npm run tour --', DESCRIPTION)
    .option('--storefront <url>', 'where the storefront is (http://HOST:STOREFRONT_PORT, or PUBLIC_URL_STOREFRONT)')
    .option('--backend <url>', 'where the backend is (http://HOST:BACKEND_PORT, or PUBLIC_URL_BACKEND)')
    .option('--mailbox <url>', "where the local mailbox's web page is (http://HOST:MAILBOX_PORT)")
    .action((given: Record<string, string>) => take(checked(given)));
}

function checked(given: Record<string, string>): Partial<TourAddresses> {
  return Object.fromEntries(Object.entries(given).map(([option, url]) => [option, checkedUrl(option, url)]));
}

function checkedUrl(option: string, url: string): string {
  if (!/^https?:\/\/[^/]/i.test(url) || !URL.canParse(url)) {
    throw new ProgramError(`--${option} must be a URL that starts with http:// or https://.`);
  }
  return url.replace(/\/+$/, '');
}
