import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { PageSessionService } from '#auth';
import { headerOf, type JsonApiHttpRequest } from '#json-api';
import type { PageArea } from '../page-area.js';
import type { PageContext } from './page-context.js';

/** `__Host-` names are taken from this host alone, over TLS or from the own machine, for all paths. */
const ATTRIBUTES = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const;

/** The cookies that hold sessions of pages, one for each area; the browser forgets them with its window. */
@Injectable()
export class PageCookie {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly sessions: PageSessionService,
  ) {}

  read(area: PageArea, request: Pick<JsonApiHttpRequest, 'headers'>): string | undefined {
    const pairs = (headerOf(request, 'cookie') ?? '').split(/; */);
    const name = `${nameOf(area)}=`;
    return pairs.find((pair) => pair.startsWith(name))?.slice(name.length);
  }

  set({ area, response }: Pick<PageContext, 'area' | 'response'>, token: string): void {
    this.adapterHost.httpAdapter.setCookie(response, nameOf(area), token, ATTRIBUTES);
  }

  /**
   * Gives the session a new token after a code was accepted, so that whoever had the old one has nothing; the second step
   * of its sign-in is taken. Where another request of the browser was faster, that one's answer has the new token.
   */
  async renew(context: PageContext): Promise<void> {
    const { token } = context;
    const next = token === undefined ? undefined : await this.sessions.rotate(token);
    if (next !== undefined) this.set(context, next);
  }

  clear({ area, response }: Pick<PageContext, 'area' | 'response'>): void {
    this.adapterHost.httpAdapter.clearCookie(response, nameOf(area), ATTRIBUTES);
  }
}

/** Browsers do not tell the ports of a host apart, on which apps of one machine run: the name does. */
function nameOf({ base }: PageArea): string {
  return `__Host-${base.slice(1)}-session`;
}
