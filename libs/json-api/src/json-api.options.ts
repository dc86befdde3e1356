import type { ApiErrorRow } from './errors/api-error.js';

/** How one application speaks JSON:API; what differs between the storefront and the backend app. */
export interface JsonApiOptions {
  /** Resources without an id: `keep` writes `"id": null`, `omit` leaves the member out. */
  readonly nullId?: 'keep' | 'omit';
  /** Base of all links, such as `https://api.example.com`; default: as the client called it. */
  readonly publicUrl?: string;
  /** Locales for `Content-Language` in ISO form (`en_US`), the default first; none: no such header. */
  readonly locales?: readonly [string, ...string[]];
  /** Answer to an `Accept` header that JSON:API cannot satisfy. */
  readonly notAcceptable?: ApiErrorRow;
}

export const JSON_API_OPTIONS = Symbol('JSON_API_OPTIONS');
