import type { ComponentChildren } from 'preact';

/** What a handler of pages answers with: a page … */
export interface Page {
  readonly title: string;
  readonly body: ComponentChildren;
  /** Default: 200. */
  readonly status?: number;
  /** Headers of a refusal, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** It asks for a code: where scripts run, it is shown as a dialog on the page before. */
  readonly isStepUp?: boolean;
}

/** … or, after something was done, the way to another one (303). */
export interface Redirect {
  readonly location: string;
}

/** … or a file to keep. It is sent while it is made. */
export interface Download {
  readonly fileName: string;
  readonly type: string;
  readonly content: AsyncIterable<string>;
}

export type PageAnswer = Page | Redirect | Download;

/** No script, style, image or form but those of this origin, and nothing in caches: what is on a page is for one person. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none';style-src 'self';script-src 'self';img-src 'self';connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
  // with no-referrer, browsers would send forms with the origin null
  'referrer-policy': 'same-origin',
};
