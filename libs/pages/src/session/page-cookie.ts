import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { PageSessionService } from '#auth';
import { headerOf, type JsonApiHttpRequest } from '#json-api';
import type { PageContext } from './page-context.js';
import { PAGES_OPTIONS, type PagesOptions } from '../pages.options.js';

/** `__Host-` names are taken from this host alone, over TLS or from the own machine, for all paths. */
const ATTRIBUTES = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const;

/** The cookie that holds a session of pages; the browser forgets it with its window. */
@Injectable()
export class PageCookie {
  private readonly name: string;

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly sessions: PageSessionService,
    @Inject(PAGES_OPTIONS) { base }: PagesOptions,
  ) {
    // browsers do not tell the ports of a host apart, on which apps of one machine run
    this.name = `__Host-${base.slice(1)}-session`;
  }

  read(request: Pick<JsonApiHttpRequest, 'headers'>): string | undefined {
    const pairs = (headerOf(request, 'cookie') ?? '').split(/; */);
    const found = pairs.find((pair) => pair.startsWith(`${this.name}=`));
    return found?.slice(this.name.length + 1);
  }

  set(response: object, token: string): void {
    this.adapterHost.httpAdapter.setCookie(response, this.name, token, ATTRIBUTES);
  }

  /**
   * Gives the session a new token after a code was accepted, so that whoever had the old one has nothing; the second step
   * of its sign-in is taken. Where another request of the browser was faster, that one's answer has the new token.
   */
  async renew({ token }: PageContext, response: object): Promise<void> {
    const next = token === undefined ? undefined : await this.sessions.rotate(token);
    if (next !== undefined) this.set(response, next);
  }

  clear(response: object): void {
    this.adapterHost.httpAdapter.clearCookie(response, this.name, ATTRIBUTES);
  }
}
