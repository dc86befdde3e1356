import {
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { PageSessionService, type PagePrincipal, type RequestWithPrincipal } from '#auth';
import { ApiException, type JsonApiHttpRequest } from '#json-api';
import { PAGES_OPTIONS, type PagesOptions } from '../pages.options.js';
import { textsFor } from '../texts/texts.js';
import { PAGE_CONTEXTS } from './page-context.js';
import { PageCookie } from './page-cookie.js';

/** Who sees a page: everybody; those whose password was right and whose code is missing; those who are signed in. */
export type PageAccess = 'everybody' | 'second-step' | 'signed-in';

const PAGE_ACCESS = Symbol('PAGE_ACCESS');

/** Without it a page is for those who are signed in. */
export const ForPageAccess = (access: PageAccess): CustomDecorator<symbol> => SetMetadata(PAGE_ACCESS, access);

/** Finds the session of the cookie; whoever may not see a page is sent to the one that is next for them. */
@Injectable()
export class PageSessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: PageSessionService,
    private readonly cookie: PageCookie,
    @Inject(PAGES_OPTIONS) private readonly options: PagesOptions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<JsonApiHttpRequest & RequestWithPrincipal>();
    const access = this.reflector.get<PageAccess | undefined>(PAGE_ACCESS, context.getHandler()) ?? 'signed-in';
    const token = this.cookie.read(request);
    const session = token === undefined ? undefined : await this.sessions.find(token);
    const texts = textsFor(request, session?.principal.session?.locale);
    PAGE_CONTEXTS.set(request, { texts, session, token });
    if (access === 'everybody') return true;
    const next = this.nextPage(session);
    if (next.access !== access || !session) throw new ApiException(GO_ON, { location: next.path });
    request.user = session.principal;
    return true;
  }

  private nextPage(session: PagePrincipal | undefined): { readonly access: PageAccess; readonly path: string } {
    const { base } = this.options;
    if (!session) return { access: 'everybody', path: `${base}/sign-in` };
    if (session.awaitsSecondStep) return { access: 'second-step', path: `${base}/sign-in/code` };
    return { access: 'signed-in', path: base };
  }
}

const GO_ON = { status: 303, detail: 'See Other' } as const;
