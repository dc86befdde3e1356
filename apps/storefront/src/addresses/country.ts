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
