import { ProgramError, type Settings } from '#platform';
import { localUrl } from '../launcher/ports.js';

/** Base URLs, without a slash at the end. */
export interface TourAddresses {
  readonly storefront: string;
  readonly backend: string;
  readonly mailbox: string;
}

const START_HINT = 'Start the apps with npm start.';
const MAILBOX_HINT = 'The tour reads mails in the local mailbox of npm start; --mailbox <url> says where that is.';
const TIMEOUT_MS = 30_000;

/** Where everything is that `npm start` starts with these settings. */
export function addressesOf({ host, ports, publicUrls, mailbox }: Settings): TourAddresses {
  return {
    storefront: publicUrls.storefront?.replace(/\/+$/, '') ?? localUrl(host, ports.storefront),
    backend: publicUrls.backend?.replace(/\/+$/, '') ?? localUrl(host, ports.backend),
    mailbox: localUrl(host, mailbox.webPort),
  };
}

/**
 * Checks that both apps are ready, that they have the demo data, and that their mails are in the local mailbox: what the
 * tour makes must not get into data that somebody means.
 *
 * @throws ProgramError when something is missing
 */
export async function checkDemoShop({ storefront, backend, mailbox }: TourAddresses): Promise<void> {
  for (const url of [storefront, backend]) {
    const { status } = await request(`${url}/health/ready`, START_HINT);
    if (status !== 200) throw new ProgramError(`What answers at ${url} is not ready: GET /health/ready is ${status}.`);
  }
  const mails = await request(`${mailbox}/api/mails?limit=1`, MAILBOX_HINT);
  if (mails.status !== 200 || mails.headers.get('content-type') !== 'application/json') {
    throw new ProgramError(`What answers at ${mailbox} is not the local mailbox of npm start. ${MAILBOX_HINT}`);
  }
  await checkLogin(storefront, 'ada.kessler@harborsupply.example', 'Harbor-Demo-01!');
  await checkLogin(backend, 'admin@sallyport.example', 'Gate-Demo-01!');
}

async function checkLogin(url: string, username: string, password: string): Promise<void> {
  const body = new URLSearchParams({ grant_type: 'password', username, password });
  const { status, headers } = await request(`${url}/token`, START_HINT, { method: 'POST', body });
  if (status === 200) return;
  const seconds = headers.get('retry-after');
  if (seconds) throw new ProgramError(`Too many logins of ${username} failed. Take the tour again in ${seconds} s.`);
  throw new ProgramError(
    `${username} cannot log in at ${url} with the demo password ${password}: the tour is for the demo data alone. ` +
      'Set the password back, or begin anew with npm run reset.',
  );
}

/** @throws ProgramError with the hint when nothing answers */
async function request(url: string, hint: string, init: RequestInit = {}): Promise<Response> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.arrayBuffer();
    return response;
  } catch (error) {
    const problem =
      (error as Error).name === 'TimeoutError' ? `No answer within ${TIMEOUT_MS / 1000} s from` : 'Nothing answers at';
    throw new ProgramError(`${problem} ${new URL(url).origin}. ${hint}`);
  }
}
