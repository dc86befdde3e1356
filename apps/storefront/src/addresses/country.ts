/** `none`: a code that is no region's has no name, instead of being its own. */
const REGIONS = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** What has a name as a region but is no country: unions, pseudo-locales, the unknown. */
const NO_COUNTRIES = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']);

/**
 * The English name of a country.
 *
 * @param iso2Code ISO 3166-1 alpha-2, in capitals
 * @returns undefined for a code that is no country's today
 */
export function countryName(iso2Code: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(iso2Code) || NO_COUNTRIES.has(iso2Code) || isReplaced(iso2Code)) return undefined;
  return REGIONS.of(iso2Code);
}

/** The code of a country in capitals; undefined for a text that is none. */
export function countryCode(text: string): string | undefined {
  const code = /^[a-z]{2}$/i.test(text) ? text.toUpperCase() : '';
  return countryName(code) && code;
}

/** Whether another code has taken its place, such as GB that of UK. */
function isReplaced(code: string): boolean {
  return new Intl.Locale('und', { region: code }).region !== code;
}
