import { isIP } from 'node:net';
import { browserOf } from './browser.js';

/** BCP 47 tags of the languages that mails are written in. */
export type Language = 'en' | 'de';

/** A line such as `From: 203.0.113.7`. */
export type Fact = readonly [label: string, value: string];

/** When something was done, and by whom as far as a request tells it. */
export interface Occasion {
  readonly at?: Date | undefined;
  readonly clientAddress?: string | undefined;
  /** The header of the request. */
  readonly userAgent?: string | undefined;
}

const WORDS = {
  en: {
    when: 'When',
    from: 'From',
    dates: 'en-GB',
    on: (browser: string, system: string) => `${browser} on ${system}`,
  },
  de: {
    when: 'Wann',
    from: 'Von',
    dates: 'de-DE',
    on: (browser: string, system: string) => `${browser} unter ${system}`,
  },
} as const satisfies Record<Language, object>;

/** The language for a locale such as `de_DE`: German for `de`, English for all other languages. */
export function mailLanguage(locale: string): Language {
  return locale.toLowerCase().startsWith('de') ? 'de' : 'en';
}

/** A moment in words, such as `1 October 2026 at 14:05 UTC`. */
export function momentInWords(moment: Date, language: Language): string {
  const options = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const;
  return `${new Intl.DateTimeFormat(WORDS[language].dates, options).format(moment)} UTC`;
}

/** The facts of an occasion. What is unknown or malformed is left out. */
export function whenAndWhere(
  { at, clientAddress = '', userAgent = '' }: Occasion,
  language: Language,
): readonly Fact[] {
  const { when, from, on } = WORDS[language];
  const { browser, system } = browserOf(userAgent) ?? {};
  const program = browser && system ? on(browser, system) : browser;
  const places = [...(isIP(clientAddress) > 0 ? [clientAddress] : []), ...(program ? [program] : [])];
  return [
    ...(at ? [[when, momentInWords(at, language)] as const] : []),
    ...(places.length > 0 ? [[from, places.join(', ')] as const] : []),
  ];
}
