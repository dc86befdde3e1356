import Negotiator from 'negotiator';
import type { JsonApiHttpRequest } from './request.js';

/**
 * The locale for a request's `Accept-Language` (RFC 9110, section 12.5.4): the first offer that the client names, or
 * whose language the client speaks in another country.
 *
 * @param locales offered locales in ISO form (`de_DE`), the default first
 */
export function negotiateLocale<Locale extends string>(
  request: Pick<JsonApiHttpRequest, 'headers'>,
  locales: readonly [Locale, ...Locale[]],
): Locale {
  // the client's languages without those that it refuses, the best first
  for (const wanted of new Negotiator(request).languages()) {
    const tag = wanted.toLowerCase().replace('_', '-');
    const [language] = tag.split('-');
    const exact = locales.find((locale) => tagOf(locale) === tag);
    const related = exact ?? locales.find((locale) => tagOf(locale).startsWith(`${language}-`));
    if (related) return related;
  }
  return locales[0];
}

function tagOf(locale: string): string {
  return locale.toLowerCase().replace('_', '-');
}
