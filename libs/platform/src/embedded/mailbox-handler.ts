import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import type { Look } from '#look';
import { mailboxApi, type MailboxAnswer } from './mailbox-api.js';
import { MailboxPages } from './mailbox-pages.js';
import type { ReceivedMail } from './received-mail.js';

const HEADERS = {
  'Cache-Control': 'no-store',
  // mails may have styles, but may not load, run or send anything
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** Serves the mailbox's web page and JSON API for a list of mails, newest first. */
export function mailboxHandler(
  mails: ReceivedMail[],
  host: string,
  look: Look,
): (request: IncomingMessage, response: ServerResponse) => void {
  const pages = new MailboxPages(look);
  return (request, response) => {
    const { status, body } = answerTo(request, mails, host, pages);
    const isJson = typeof body === 'object';
    const type = isJson ? 'application/json' : 'text/html; charset=utf-8';
    response.writeHead(status, { ...HEADERS, ...(body !== undefined && { 'Content-Type': type }) });
    response.end(isJson ? JSON.stringify(body) : body);
  };
}

function answerTo(
  { method = 'GET', url = '/', headers }: IncomingMessage,
  mails: ReceivedMail[],
  host: string,
  pages: MailboxPages,
): MailboxAnswer {
  if (!isOwnHost(headers.host, host)) return { status: 421, body: { error: 'This mailbox has another name.' } };
  if (!URL.canParse(url, 'http://mailbox')) return { status: 400, body: { error: 'The address cannot be read.' } };
  const { pathname, searchParams } = new URL(url, 'http://mailbox');
  if (pathname.startsWith('/api/')) return mailboxApi(method, pathname, searchParams, mails);
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, body: pages.error('This page can only be read.') };
  return page(pathname, mails, pages);
}

function page(pathname: string, mails: readonly ReceivedMail[], pages: MailboxPages): MailboxAnswer {
  if (pathname === '/') return { status: 200, body: pages.list(mails) };
  const mail = mails.find(({ id }) => pathname === `/mails/${id}`);
  return mail ? { status: 200, body: pages.mail(mail) } : { status: 404, body: pages.error('There is no such mail.') };
}

/**
 * Protects against DNS rebinding: a foreign site whose name points here sends its own name. IP addresses cannot be
 * misused like that.
 */
function isOwnHost(header: string | undefined, host: string): boolean {
  const name = /^(\[[^\]]*\]|[^:]*)(:\d+)?$/.exec(header ?? '')?.[1]?.toLowerCase() ?? '';
  return name === 'localhost' || name === host.toLowerCase() || isIP(name.replace(/^\[|\]$/g, '')) > 0;
}
