/** The texts of a customer that can be searched, as the index `ix_customer_search` has them. */
const TEXTS = {
  customerReference: 'lower(customer_reference)',
  email: 'lower(email)',
  name: `lower(first_name || ' ' || last_name)`,
} as const;

type SearchedText = keyof typeof TEXTS;

/** How a part of a text is found: everybody has an empty one; by the index of trigrams; or by reading all customers. */
export type SearchPath = 'all' | 'index' | 'scan';

/**
 * Without any of these a text yields no trigram, and the index would be read from end to end: three letters or digits,
 * two before or one behind another character.
 */
const HAS_TRIGRAM = /[\p{L}\p{N}]{3}|[\p{L}\p{N}]{2}[^\p{L}\p{N}]|[^\p{L}\p{N}][\p{L}\p{N}]/u;

/** Parts of fewer than three characters are in too many texts for the index to be of use. */
const LEAST_INDEXED = 3;

export function searchPathOf(part: string): SearchPath {
  if (part === '') return 'all';
  return [...part].length >= LEAST_INDEXED && HAS_TRIGRAM.test(part) ? 'index' : 'scan';
}

/**
 * Whether one of some texts of a customer contains a part, in any case; it is taken as it is written.
 *
 * The condition is about the columns of `customer`; the index has only customers with `anonymized_at IS NULL`, so the
 * statement needs that condition too.
 *
 * @param parameter the place of what `searchedPart` makes of the part, such as `$1`
 */
export function customerContains(
  parameter: string,
  path: SearchPath,
  texts: readonly SearchedText[] = ['customerReference', 'email', 'name'],
): string {
  if (path === 'all') return `${parameter}::text IS NOT NULL`;
  const conditions = texts.map((name) =>
    path === 'index'
      ? `${TEXTS[name]} LIKE lower(${parameter}::text)`
      : `strpos(${TEXTS[name]}, lower(${parameter}::text)) > 0`,
  );
  return `(${conditions.join(' OR ')})`;
}

/** The value of the parameter: for the index a pattern, with the wildcards of the part escaped. */
export function searchedPart(part: string, path: SearchPath): string {
  return path === 'index' ? `%${part.replace(/[\\%_]/g, String.raw`\$&`)}%` : part;
}
