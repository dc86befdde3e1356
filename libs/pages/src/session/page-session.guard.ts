import { Injectable, SetMetadata, type CanActivate, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { PageSessionService, type PagePrincipal, type RequestWithPrincipal } from '#auth';
import { ApiException, type JsonApiHttpRequest } from '#json-api';
import type { PageArea } from '../page-area.js';
import { textsFor } from '../texts/texts.js';
import { areaOfPerson, isActing, keepContext } from './page-context.js';
import { PageCookie } from './page-cookie.js';

/** Who sees a page: everybody; those whose password was right and whose code is missing; those who are signed in. */
export type PageAccess = 'everybody' | 'second-step' | 'signed-in';

const PAGE_ACCESS = Symbol('PAGE_ACCESS');

/** Metadata key of the area that a controller's pages are in. */
export const PAGE_AREA = Symbol('PAGE_AREA');

/** Without it a page is for those who are signed in. */
export const ForPageAccess = (access: PageAccess): CustomDecorator<symbol> => SetMetadata(PAGE_ACCESS, access);

const OWN_ACCOUNT = Symbol('OWN_ACCOUNT');

/** Pages of the own account of whoever opens them; an agent who acts for somebody is led to those of the area of agents. */
export const ForOwnAccount = (): CustomDecorator<symbol> => SetMetadata(OWN_ACCOUNT, true);

/** Finds the session of the cookie; whoever may not see a page is sent to the one that is next for them. */
@Injectable()
export class PageSessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: PageSessionService,
    private readonly cookie: PageCookie,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<JsonApiHttpRequest & RequestWithPrincipal>();
    const area = this.reflector.get<PageArea>(PAGE_AREA, context.getClass());
    const access = this.reflector.get<PageAccess | undefined>(PAGE_ACCESS, context.getHandler()) ?? 'signed-in';
    const token = this.cookie.read(area, request);
    const session = token === undefined ? undefined : await this.find(token, area);
    const texts = textsFor(request, localeOf(session));
    const [path = ''] = request.url.split('?', 1);
    keepContext(request, { area, texts, path, session, token, request, response: http.getResponse<object>() });
    if (access === 'everybody') return true;
    const next = nextPage(area, session);
    if (next.access !== access || !session) throw new ApiException(GO_ON, { location: next.path });
    if (isActing(session) && this.reflector.get<boolean | undefined>(OWN_ACCOUNT, context.getClass()))
      throw new ApiException(GO_ON, { location: areaOfPerson(area, session).base + path.slice(area.base.length) });
    request.user = session.principal;
    return true;
  }

  /**
   * The areas of an app share its sessions: the account's rights tell which of them it may see. A session in which an agent
   * acts is good for an area that has agents, and for no other.
   */
  private async find(token: string, { kind, scopes, agents }: PageArea): Promise<PagePrincipal | undefined> {
    const session = await this.sessions.find(token);
    if (session?.principal.account?.kind !== kind || (isActing(session) && !agents)) return undefined;
    return scopes.some((scope) => session.principal.scopes.includes(scope)) ? session : undefined;
  }
}

/** The language is that of the person who reads: an agent's own. */
function localeOf(found: PagePrincipal | undefined): string | undefined {
  const session = found?.principal.session;
  return session?.agent?.locale ?? session?.locale;
}

function nextPage(
  { base }: PageArea,
  session: PagePrincipal | undefined,
): { readonly access: PageAccess; readonly path: string } {
  if (!session) return { access: 'everybody', path: `${base}/sign-in` };
  if (session.awaitsSecondStep) return { access: 'second-step', path: `${base}/sign-in/code` };
  return { access: 'signed-in', path: base };
}

const GO_ON = { status: 303, detail: 'See Other' } as const;
