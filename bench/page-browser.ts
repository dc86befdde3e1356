import { setTimeout } from 'node:timers/promises';
import { ProgramError } from '#platform';
import { LIST_ACCOUNTS } from './list-rows.sql.js';
import { totpOf } from './totp.js';

const PATIENCE_MS = 60_000;

/** What a page weighs: itself, and the styles, scripts and pictures that it names, in bytes as they are sent. */
export interface PageWeight {
  readonly page: number;
  readonly assets: number;
}

/** Somebody on the pages of an area, such as `/account`. */
export class PageBrowser {
  private cookie = '';

  constructor(
    readonly port: number,
    private readonly area: string,
  ) {}

  async signIn(username: string): Promise<this> {
    await this.ask(`${this.area}/sign-in`, { username, password: LIST_ACCOUNTS.password }, 303);
    return this;
  }

  /** Turns an authenticator app on; no mail is needed for that. */
  async turnOnApp(): Promise<void> {
    const page = await this.ask(`${this.area}/mfa/totp/activate`, {}, 200);
    const [, secret = ''] = /class="secret"[^>]*>([A-Z2-7 ]+)</.exec(page) ?? [];
    await this.ask(`${this.area}/mfa/totp/verify`, { code: totpOf(secret.replaceAll(' ', ''), 0) }, 303);
  }

  /** The first address of a page that begins so, without HTML's escapes. */
  async findLink(path: string, beginning: string): Promise<string> {
    const page = await this.ask(path, undefined, 200);
    const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link);
    const found = links.find((link) => link.startsWith(beginning) && !link.includes('?'));
    if (found === undefined) throw new ProgramError(`${path} has no link to ${beginning}.`);
    return found;
  }

  /** Asks for a page until it has a text, such as figures that are being counted. */
  async waitFor(path: string, text: string): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    while (!(await this.ask(path, undefined, 200)).includes(text)) {
      if (performance.now() > end) throw new ProgramError(`${path} has no ${text} after ${PATIENCE_MS} ms.`);
      await setTimeout(100);
    }
  }

  /** A request as it goes over the wire. */
  requestOf(path: string, fields?: Readonly<Record<string, string>>): string {
    const body = new URLSearchParams(fields).toString();
    const head = [
      `${fields ? 'POST' : 'GET'} ${path} HTTP/1.1`,
      'host: bench',
      `cookie: ${this.cookie}`,
      'sec-fetch-site: same-origin',
      ...(fields ? ['content-type: application/x-www-form-urlencoded', `content-length: ${body.length}`] : []),
    ];
    return `${head.join('\r\n')}\r\n\r\n${body}`;
  }

  async weigh(path: string, fields: Readonly<Record<string, string>> | undefined, status: number): Promise<PageWeight> {
    const page = await this.ask(path, fields, status);
    const paths = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, asset = '']) => asset);
    const sizes = await Promise.all(
      paths.map(async (asset) => (await (await this.call(asset)).arrayBuffer()).byteLength),
    );
    return { page: Buffer.byteLength(page), assets: sizes.reduce((sum, size) => sum + size, 0) };
  }

  /** @throws ProgramError if the answer has another status */
  private async ask(
    path: string,
    fields: Readonly<Record<string, string>> | undefined,
    status: number,
  ): Promise<string> {
    const answer = await this.call(path, fields);
    const text = await answer.text();
    if (answer.status !== status) throw new ProgramError(`${path} answers ${answer.status}: ${text}`);
    for (const line of answer.headers.getSetCookie()) this.cookie = line.split(';', 1)[0] ?? '';
    return text;
  }

  private call(path: string, fields?: Readonly<Record<string, string>>): Promise<Response> {
    const headers = { cookie: this.cookie, 'sec-fetch-site': 'same-origin' };
    const form = fields && { method: 'POST', body: new URLSearchParams(fields) };
    return fetch(`http://127.0.0.1:${this.port}${path}`, { headers, redirect: 'manual', ...form });
  }
}
