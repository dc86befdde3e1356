import { domainToASCII } from 'node:url';
import type { ReceivedMail } from './received-mail.js';

/** The response of a route. An object is sent as JSON. */
export interface MailboxAnswer {
  readonly status: number;
  readonly body?: string | object;
}

const DEFAULT_LIMIT = 50;
const MAXIMUM_LIMIT = 500;
const NOT_FOUND: MailboxAnswer = { status: 404, body: { error: 'There is no such mail.' } };

/**
 * The JSON API.
 *
 * - `GET /api/mails?to=<address>&limit=<1 to 500>`: newest first, without html and headers
 * - `GET /api/mails/latest?to=<address>` and `GET /api/mails/<id>`: one mail with all members
 * - `DELETE /api/mails`: deletes all
 */
export function mailboxApi(
  method: string,
  pathname: string,
  parameters: URLSearchParams,
  mails: ReceivedMail[],
): MailboxAnswer {
  if (method === 'DELETE' && pathname === '/api/mails') return forgetAll(mails);
  if (method !== 'GET') return { status: 405, body: { error: 'Use GET, or DELETE on /api/mails.' } };
  if (pathname === '/api/mails') return list(parameters, mails);
  if (pathname === '/api/mails/latest') return found(mailsTo(parameters.get('to'), mails)[0]);
  return found(mails.find(({ id }) => pathname === `/api/mails/${id}`));
}

function forgetAll(mails: ReceivedMail[]): MailboxAnswer {
  mails.length = 0;
  return { status: 204 };
}

function list(parameters: URLSearchParams, mails: readonly ReceivedMail[]): MailboxAnswer {
  const limit = Number(parameters.get('limit') ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAXIMUM_LIMIT) {
    return { status: 400, body: { error: `limit must be a whole number from 1 to ${MAXIMUM_LIMIT}.` } };
  }
  return { status: 200, body: mailsTo(parameters.get('to'), mails).slice(0, limit).map(summary) };
}

function mailsTo(address: string | null, mails: readonly ReceivedMail[]): readonly ReceivedMail[] {
  if (address === null) return mails;
  const wanted = canonical(address);
  return mails.filter(({ to }) => to.some((recipient) => canonical(recipient) === wanted));
}

/** The same text for every spelling of an address: in lower case, with the domain in its `xn--` form. */
function canonical(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  return `${address.slice(0, at)}${domainToASCII(address.slice(at))}`.toLowerCase();
}

function summary({ id, from, to, subject, receivedAt, text }: ReceivedMail): object {
  return { id, from, to, subject, receivedAt, text };
}

function found(mail: ReceivedMail | undefined): MailboxAnswer {
  return mail ? { status: 200, body: mail } : NOT_FOUND;
}
