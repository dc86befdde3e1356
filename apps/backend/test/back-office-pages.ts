import type { User } from '#auth';
import { mailedCode, PageClient, PASSWORD, type PageResponse } from '#testing';
import { BackOffice } from './back-office.js';

const BASE = '/back-office';
/** More than the grace period. */
const LONG_AGO_SECONDS = 2000;

/** Somebody who is signed in to the pages of the Back Office. */
export interface Reader {
  readonly user: User;
  readonly client: PageClient;
}

/** The pages of the Back Office, with those who read them. */
export class BackOfficePages {
  private constructor(readonly office: BackOffice) {}

  static async open(): Promise<BackOfficePages> {
    return new BackOfficePages(await BackOffice.open());
  }

  get app() {
    return this.office.app;
  }

  codeOf = ({ username }: User): string => mailedCode(this.app.mailbox, username);

  async signIn(user: User, password = PASSWORD): Promise<PageClient> {
    const client = new PageClient(this.app.api.url);
    await client.post(`${BASE}/sign-in`, { username: user.username, password });
    return client;
  }

  /** Somebody without MFA. */
  async reader(role: string, overrides: Partial<User> = {}): Promise<Reader> {
    const user = await this.office.user({ roles: [role], isWarehouseUser: role === 'warehouse', ...overrides });
    return { user, client: await this.signIn(user) };
  }

  /** Somebody who has just turned MFA on: the grant is alive. */
  async protectedReader(role = 'administrator', overrides: Partial<User> = {}): Promise<Reader> {
    const reader = await this.reader(role, overrides);
    await reader.client.post(`${BASE}/mfa/email/activate`);
    await reader.client.post(`${BASE}/mfa/email/verify`, { code: this.codeOf(reader.user) });
    return reader;
  }

  /** Lets the grant end, and keeps the session. */
  async endGrant({ client }: Reader): Promise<void> {
    this.app.clock.advance(LONG_AGO_SECONDS / 2);
    await client.get(BASE);
    this.app.clock.advance(LONG_AGO_SECONDS / 2);
  }

  /** Sends a form, and the code that it asks for. */
  async submit(reader: Reader, path: string, form: Readonly<Record<string, string>> = {}): Promise<PageResponse> {
    const answer = await reader.client.post(path, form);
    return keptIn(answer) === '' ? answer : this.confirm(reader, path, answer);
  }

  /** Answers the page that asks for a code. */
  confirm({ user, client }: Reader, path: string, asked: PageResponse): Promise<PageResponse> {
    return client.post(path, { kept: keptIn(asked), chosen: 'email', code: this.codeOf(user) });
  }
}

export function keptIn({ text }: PageResponse): string {
  return /name="kept" value="([^"]*)"/.exec(text)?.[1] ?? '';
}

/** The problems of a page, each as the summary says it. */
export function problemsIn({ text }: PageResponse): string[] {
  const [, summary = ''] = /<div class="note bad"[^>]*>(.*?)<\/div>/s.exec(text) ?? [];
  return [...summary.matchAll(/<p>(?:<a href="#([^"]*)">)?([^<]*)/g)].map(([, field, words]) =>
    field === undefined ? (words ?? '') : `${field}: ${words}`,
  );
}
