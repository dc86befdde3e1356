import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { PagePrincipal } from '#auth';
import type { Texts } from '../texts/en.js';

/** What a page is made for: the language, and the session of the browser where there is one. */
export interface PageContext {
  readonly texts: Texts;
  readonly session: PagePrincipal | undefined;
  /** The value of the cookie. */
  readonly token: string | undefined;
}

export const PAGE_CONTEXTS = new WeakMap<object, PageContext>();

export function pageContextOf(request: object): PageContext {
  const context = PAGE_CONTEXTS.get(request);
  if (!context) throw new TypeError('the route is none of a @PagesController()');
  return context;
}

export const CurrentPageContext = createParamDecorator((_: unknown, context: ExecutionContext): PageContext =>
  pageContextOf(context.switchToHttp().getRequest<object>()),
);
