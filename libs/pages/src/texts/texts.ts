import { negotiateLocale, type JsonApiHttpRequest } from '#json-api';
import { de } from './de/index.js';
import { en, type Texts } from './en/index.js';

const LOCALES = ['en_US', 'de_DE'] as const;

/**
 * The texts for a request: in the language that the account has chosen, else in that of the browser.
 *
 * @param locale of the account, such as `de_DE`; undefined: nobody is signed in
 */
export function textsFor(request: Pick<JsonApiHttpRequest, 'headers'>, locale: string | undefined): Texts {
  return (locale ?? negotiateLocale(request, LOCALES)).startsWith('de') ? de : en;
}
