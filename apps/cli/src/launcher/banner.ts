import { relative } from 'node:path';
import type { Settings } from '#platform';
import { localUrl } from './apps.js';

export interface BannerOptions {
  /** Whether the project's own demo data was loaded, which has the accounts to try. */
  readonly hasDemoAccounts: boolean;
}

const DEMO_ACCOUNTS = `
Demo accounts:
  Customer        ada.kessler@harborsupply.example   Harbor-Demo-01!
  Agent           agent@sallyport.example            Gate-Demo-01!
  Administrator   admin@sallyport.example            Gate-Demo-01!
  Merchant        merchant@sallyport.example         Gate-Demo-01!
`;

const OTHER_HOST = `
Browsers sign people in over TLS or at localhost alone: see docs/pages.md.
`;

/** What a person wants to know when everything runs. */
export function banner(settings: Settings, { hasDemoAccounts }: BannerOptions): string {
  const { host, ports, mailbox, smtpUrl, databaseUrl, dataDir } = settings;
  const [storefront, backend] = [browserUrl(host, ports.storefront), browserUrl(host, ports.backend)];
  const mails = smtpUrl ? 'go to the server of SMTP_URL' : browserUrl(host, mailbox.webPort);
  const data = databaseUrl
    ? 'The data is in the database of DATABASE_URL.'
    : `The data stays in ${relative('', dataDir) || '.'}; npm run reset forgets it.`;
  return `
Sallyport is ready after ${(performance.now() / 1000).toFixed(1)} s.

  Customers         ${storefront}/account
  Agents            ${storefront}/agent
  Back Office       ${backend}/
  Merchant Portal   ${backend}/merchant
  APIs              ${storefront}/docs   ${backend}/docs
  Mails             ${mails}
${LOCAL_ADDRESSES.has(host) ? '' : OTHER_HOST}${hasDemoAccounts ? DEMO_ACCOUNTS : ''}
Try it in a second terminal: npm run tour
Ctrl-C stops everything. ${data}`;
}

/** Addresses at which a program is reached as `localhost`. */
const LOCAL_ADDRESSES = new Set(['localhost', '127.0.0.1', '::1', '0.0.0.0', '::']);

/** Browsers keep the cookies of pages over TLS or from `localhost`, not from other names of the machine. */
function browserUrl(host: string, port: number): string {
  return localUrl(LOCAL_ADDRESSES.has(host) ? 'localhost' : host, port);
}
