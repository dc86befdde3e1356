import { MOST_COUNTED } from '#json-api';

/** The searchable texts of a customer, with the expressions of the indexes for text beginnings. */
const TEXTS = {
  customerReference: 'lower(customer_reference)',
  email: 'lower(email)',
  name: `lower(first_name || ' ' || last_name)`,
} as const;

/**
 * All texts in one expression, that of the index `ix_customer_text`: searching for a part in three indexes takes twice
 * as long. A search text with a line feed could match across two of the texts, so a single text must match too.
 */
const ALL_TEXTS = String.raw`lower(customer_reference || E'\n' || email || E'\n' || first_name || ' ' || last_name)`;

/** The index of the full name cannot find a last name by its beginning. */
const LAST_NAME = 'lower(last_name)';

/**
 * The largest number of customers that a search finds. It counts one more, to tell that there are more. The limit is
 * lower than that of lists, because the customers found are spread over the whole table, and each must be read and
 * compared.
 */
export const MOST_FOUND = 500;

/** Shorter texts are a part of too many others. */
const SHORTEST_PART = 3;

/**
 * Matches texts that contain a trigram; without one PostgreSQL would read the whole index. A trigram needs three
 * letters or digits, or two before another character, or one after another character.
 */
const HAS_TRIGRAM = /[\p{L}\p{N}]{3}|[\p{L}\p{N}]{2}[^\p{L}\p{N}]|[^\p{L}\p{N}][\p{L}\p{N}]/u;

/** A condition on what a customer's texts contain or start with. */
export interface CustomerSearch {
  /** The name of the statement's parameter. */
  readonly parameter: string;
  /** A LIKE pattern. Special characters of the search text are escaped. */
  readonly value: string;
  /**
   * True if a text must contain the search text. False if the search text is too short for that: then a text must start
   * with it.
   */
  readonly isPart: boolean;
  readonly columns: readonly string[];
}

/**
 * Ignores upper and lower case.
 *
 * @returns undefined for an empty search text, which matches every customer
 */
export function customerSearch(
  text: string,
  parameter: string,
  texts: readonly (keyof typeof TEXTS)[] = ['customerReference', 'email', 'name'],
): CustomerSearch | undefined {
  if (text === '') return undefined;
  const isPart = [...text].length >= SHORTEST_PART && HAS_TRIGRAM.test(text);
  const literal = text.replace(/[\\%_]/g, String.raw`\$&`);
  const columns: string[] = texts.map((name) => TEXTS[name]);
  if (!isPart && texts.includes('name')) columns.push(LAST_NAME);
  return { parameter, value: isPart ? `%${literal}%` : `${literal}%`, isPart, columns };
}

/**
 * The first part of an `unprepared` statement. `listed` has the customers that meet all conditions, except anonymised
 * ones. `counted.total` is their number, up to `MOST_COUNTED`; with a search, up to `MOST_FOUND` plus one.
 *
 * The statement is unprepared because PostgreSQL must know the pattern: only then can it find a beginning by its index,
 * and tell a common part from a rare one.
 */
export function withListedCustomers(conditions: readonly string[], searches: readonly CustomerSearch[]): string {
  const conditionsWith = (some: readonly CustomerSearch[]): string =>
    ['anonymized_at IS NULL', ...conditions, ...some.map(matches)].join(' AND ');
  const count = `counted AS (SELECT count(*)::int AS total FROM (SELECT FROM listed LIMIT ${MOST_COUNTED}) these)`;
  const [first, ...others] = searches;
  if (!first) return `WITH listed AS NOT MATERIALIZED (SELECT * FROM customer WHERE ${conditionsWith([])}), ${count}`;
  const found = searches.some(({ isPart }) => isPart)
    ? byPart(conditionsWith(searches))
    : byBeginning(first, conditionsWith(others));
  return `WITH ${found}, ${count}`;
}

function matches({ columns, parameter, isPart }: CustomerSearch): string {
  const like = (text: string): string => `${text} LIKE lower(:${parameter}::text)`;
  const one = `(${columns.map(like).join(' OR ')})`;
  return isPart ? `${like(ALL_TEXTS)} AND ${one}` : one;
}

/**
 * Uses the trigram index, or reads the table if most customers match, until `LIMIT` is reached. The materialized CTE
 * keeps PostgreSQL from planning for the limit. Sorted like the list, it would search the whole table for one page if
 * the matching customers come last.
 */
const byPart = (conditions: string): string => `
  matching AS MATERIALIZED (SELECT * FROM customer WHERE ${conditions}),
  listed AS MATERIALIZED (SELECT * FROM matching LIMIT ${MOST_FOUND + 1})`;

/** Reads the first matches of each index, in the index's order. */
const byBeginning = ({ columns, parameter }: CustomerSearch, conditions: string): string => `
  found AS MATERIALIZED (
    ${columns
      .map(
        (column) => `(SELECT id FROM customer WHERE ${conditions} AND ${column} LIKE lower(:${parameter}::text)
        ORDER BY ${column} USING ~<~ LIMIT ${MOST_FOUND + 1})`,
      )
      .join('\nUNION\n')}
    ORDER BY id LIMIT ${MOST_FOUND + 1}),
  listed AS MATERIALIZED (SELECT * FROM customer WHERE id = ANY (ARRAY(TABLE found)))`;
