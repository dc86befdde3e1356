import { relative } from 'node:path';
import type { Settings } from '#platform';
import { localUrl } from '../local-url.js';

export interface BannerOptions {
  /** Whether the project's own demo data was loaded, which has the accounts to try. */
  readonly hasDemoAccounts: boolean;
}

const DEMO_ACCOUNTS = `
Demo accounts:
  Storefront   ada.kessler@harborsupply.example   Harbor-Demo-01!
  Backend      admin@sallyport.example            Gate-Demo-01!
`;

/** What a person wants to know when everything runs. */
export function banner(settings: Settings, { hasDemoAccounts }: BannerOptions): string {
  const { ports, mailbox, smtpUrl, databaseUrl, dataDir } = settings;
  const storefront = localUrl(settings.host, ports.storefront);
  const backend = localUrl(settings.host, ports.backend);
  const mails = smtpUrl ? 'go to the server of SMTP_URL' : localUrl(settings.host, mailbox.webPort);
  const data = databaseUrl
    ? 'The data is in the database of DATABASE_URL.'
    : `The data stays in ${relative('', dataDir) || '.'}; npm run reset forgets it.`;
  return `
Sallyport is ready after ${(performance.now() / 1000).toFixed(1)} s.

  Storefront   ${storefront}   ${storefront}/docs
  Backend      ${backend}   ${backend}/docs
  Mails        ${mails}
${hasDemoAccounts ? DEMO_ACCOUNTS : ''}
Try it in a second terminal: npm run tour
Ctrl-C stops everything. ${data}`;
}
