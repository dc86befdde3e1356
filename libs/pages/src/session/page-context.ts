import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { callerOf, type PagePrincipal, type ReachableCaller } from '#auth';
import type { PageArea } from '../page-area.js';
import type { Texts } from '../texts/en/index.js';

/** What a page is made for: its area, the language, and the session of the browser where there is one. */
export interface PageContext {
  readonly area: PageArea;
  readonly texts: Texts;
  /** The path that was asked for, without the query. */
  readonly path: string;
  readonly session: PagePrincipal | undefined;
  /** The value of the cookie. */
  readonly token: string | undefined;
  readonly request: object;
  /** What the answer will be written to. */
  readonly response: object;
}

/** The context of somebody whose password was found right. */
export interface SessionContext extends PageContext {
  readonly session: PagePrincipal;
  readonly token: string;
  /** The person as the second factor knows it. */
  readonly caller: ReachableCaller;
}

/** Whether an agent acts for the account of the session. */
export function isActing(session: PagePrincipal | undefined): boolean {
  return Boolean(session?.principal.session?.agent);
}

/** Where the methods of the person are whose codes are asked for: those of an agent are not among the customer's pages. */
export function mfaPathOf({ area, session }: Pick<PageContext, 'area' | 'session'>): string {
  return `${areaOfPerson(area, session).base}/mfa`;
}

/** The area in which the person signed in. */
export function areaOfPerson(area: PageArea, session: PagePrincipal | undefined): Pick<PageArea, 'base'> {
  return (isActing(session) && area.agents) || area;
}

const CONTEXTS = new WeakMap<object, PageContext>();

export function keepContext(request: object, context: PageContext): void {
  CONTEXTS.set(request, context);
}

/** Undefined before the guard of pages has seen the request, and for what is no page. */
export function findPageContext(request: object): PageContext | undefined {
  return CONTEXTS.get(request);
}

export function pageContextOf(request: object): PageContext {
  const context = findPageContext(request);
  if (!context) throw new TypeError('the route is none of a @PagesController()');
  return context;
}

/** The context of a page that everybody sees. */
export const CurrentPageContext = createParamDecorator((_: unknown, context: ExecutionContext): PageContext =>
  pageContextOf(context.switchToHttp().getRequest<object>()),
);

/** The context of a page for those who have a session. */
export const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): SessionContext => {
  const request = context.switchToHttp().getRequest<object>();
  const { session, token, ...page } = pageContextOf(request);
  const caller = callerOf(request);
  if (!session || token === undefined || !caller) throw new TypeError('@CurrentSession() on a page for everybody');
  return { ...page, session, token, caller };
});
