import Negotiator from 'negotiator';
import type { JsonApiHttpRequest } from './request.js';

/**
 * Chooses the locale for a request's `Accept-Language` (RFC 9110, section 12.5.4): the first offered locale that the
 * client names, or one in the same language for another country.
 *
 * @param locales the offered locales, such as `de_DE`, the default first
 */
export function negotiateLocale<Locale extends string>(
  request: Pick<JsonApiHttpRequest, 'headers'>,
  locales: readonly [Locale, ...Locale[]],
): Locale {
  // the client's languages, best first, without refused ones
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
