import { relative } from 'node:path';
import type { Settings } from '#platform';

export interface BannerOptions {
  /** Whether the project's own demo data was loaded, which has the accounts to try. */
  readonly hasDemoAccounts: boolean;
}

const ANY_ADDRESS = new Set(['0.0.0.0', '::']);

const DEMO_ACCOUNTS = `
Demo accounts:
  Storefront   ada.kessler@harborsupply.example   Harbor-Demo-01!
  Backend      admin@sallyport.example            Gate-Demo-01!
`;

/** What a person wants to know when everything runs. */
export function banner(settings: Settings, { hasDemoAccounts }: BannerOptions): string {
  const { ports, mailbox, smtpUrl, databaseUrl, dataDir } = settings;
  const storefront = urlOf(settings.host, ports.storefront);
  const backend = urlOf(settings.host, ports.backend);
  const mails = smtpUrl ? 'go to the server of SMTP_URL' : urlOf(settings.host, mailbox.webPort);
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

function urlOf(host: string, port: number): string {
  const name = ANY_ADDRESS.has(host) ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
