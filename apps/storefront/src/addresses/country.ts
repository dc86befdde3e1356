/** `none`: an unknown code gets no name instead of the code itself. */
const REGIONS = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Codes with a region name that are not countries: unions, pseudo-locales, the unknown region. */
const NO_COUNTRIES = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']);

/**
 * The English name of a country.
 *
 * @param iso2Code ISO 3166-1 alpha-2, in capitals
 * @returns undefined if the code is not that of an existing country
 */
export function countryName(iso2Code: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(iso2Code) || NO_COUNTRIES.has(iso2Code) || isReplaced(iso2Code)) return undefined;
  return REGIONS.of(iso2Code);
}

/** The code of a country in capitals, or undefined if the text is not a country code. */
export function countryCode(text: string): string | undefined {
  const code = /^[a-z]{2}$/i.test(text) ? text.toUpperCase() : '';
  return countryName(code) && code;
}

/** Whether another code has replaced it, as GB has replaced UK. */
function isReplaced(code: string): boolean {
  return new Intl.Locale('und', { region: code }).region !== code;
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const CODES = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter((code) => countryName(code));

const LISTS = new Map<string, readonly (readonly [code: string, name: string])[]>();

/** All countries with their names in a language, in the order of that language. */
export function countries(locale: string): readonly (readonly [code: string, name: string])[] {
  const known = LISTS.get(locale);
  if (known) return known;
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const list = CODES.map((code) => [code, names.of(code) ?? code] as const);
  const sorted = list.toSorted(([, a], [, b]) => a.localeCompare(b, locale));
  LISTS.set(locale, sorted);
  return sorted;
}

/** The name of a country in a language; its code where there is no name. */
export function nameOfCountry(iso2Code: string, locale: string): string {
  return countries(locale).find(([code]) => code === iso2Code)?.[1] ?? iso2Code;
}
