import type { ApiErrorRow } from './errors/api-error.js';

/** Options in which the storefront's and the backend's JSON:API differ. */
export interface JsonApiOptions {
  /** For resources without an id: `keep` writes `"id": null`, `omit` leaves the member out. */
  readonly nullId?: 'keep' | 'omit';
  /** The base of all links, such as `https://api.example.com`. Default: the host of the request. */
  readonly publicUrl?: string;
  /** The locales for `Content-Language`, such as `en_US`, the default first. Without locales the header is not sent. */
  readonly locales?: readonly [string, ...string[]];
  /** The error for an `Accept` header that JSON:API cannot satisfy. */
  readonly notAcceptable?: ApiErrorRow;
}

export const JSON_API_OPTIONS = Symbol('JSON_API_OPTIONS');
