import Negotiator from 'negotiator';
import type { JsonApiHttpRequest } from './request.js';

/**
 * The locale for a request's `Accept-Language` (RFC 9110, section 12.5.4).
 *
 * @param locales offered locales in ISO form (`de_DE`), the default first
 */
export function negotiateLocale<Locale extends string>(
  request: Pick<JsonApiHttpRequest, 'headers'>,
  locales: readonly [Locale, ...Locale[]],
): Locale {
  const tags = locales.map((locale) => locale.replace('_', '-'));
  const [best] = new Negotiator(request).languages(tags);
  return locales[tags.indexOf(best ?? '')] ?? locales[0];
}
