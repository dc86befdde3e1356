import { MOST_COUNTED } from '#json-api';

/** The texts of a customer that can be searched, as the indexes of beginnings have them. */
const TEXTS = {
  customerReference: 'lower(customer_reference)',
  email: 'lower(email)',
  name: `lower(first_name || ' ' || last_name)`,
} as const;

/**
 * All of them in one, as the index `ix_customer_text` has it: to look for a part in three indexes takes twice as long. A
 * text that has a line feed could be found across two of them: whoever is found has to match one as well.
 */
const ALL_TEXTS = String.raw`lower(customer_reference || E'\n' || email || E'\n' || first_name || ' ' || last_name)`;

/** A last name is not at the beginning of the full name. */
const LAST_NAME = 'lower(last_name)';

/**
 * As many customers does a search find, and counts one more to tell that there are more. It is less than a list goes:
 * those who are found lie anywhere in the table, and each has to be read and compared.
 */
export const MOST_FOUND = 500;

/** What is shorter is a part of too many texts to be of use. */
const SHORTEST_PART = 3;

/**
 * Without any of these a text yields no trigram, and the index would be read from end to end: three letters or digits,
 * two before or one behind another character.
 */
const HAS_TRIGRAM = /[\p{L}\p{N}]{3}|[\p{L}\p{N}]{2}[^\p{L}\p{N}]|[^\p{L}\p{N}][\p{L}\p{N}]/u;

/** A condition that customers meet by what their texts contain, or begin with. */
export interface CustomerSearch {
  /** The name of the value in the statement. */
  readonly parameter: string;
  /** A pattern, in which the text is taken as it is written. */
  readonly value: string;
  /** Whether a text must contain it: else it is too short for that, and a text must begin with it. */
  readonly isPart: boolean;
  readonly columns: readonly string[];
}

/** Looks for a text in any case; @returns undefined for an empty one, which everybody has */
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
 * The beginning of an `unprepared` statement: `listed` are the customers who meet all conditions, `counted.total` tells how many there
 * are, up to `MOST_COUNTED`, or one more than `MOST_FOUND` if somebody is searched. Those who were anonymised are gone.
 *
 * Unprepared, because PostgreSQL has to know a pattern to find a beginning by its index, and to tell a
 * common part from a rare one.
 */
export function withListedCustomers(conditions: readonly string[], searches: readonly CustomerSearch[]): string {
  const those = (some: readonly CustomerSearch[]): string =>
    ['anonymized_at IS NULL', ...conditions, ...some.map(matches)].join(' AND ');
  const count = `counted AS (SELECT count(*)::int AS total FROM (SELECT FROM listed LIMIT ${MOST_COUNTED}) these)`;
  const [first, ...others] = searches;
  if (!first) return `WITH listed AS NOT MATERIALIZED (SELECT * FROM customer WHERE ${those([])}), ${count}`;
  const found = searches.some(({ isPart }) => isPart) ? byPart(those(searches)) : byBeginning(first, those(others));
  return `WITH ${found}, ${count}`;
}

function matches({ columns, parameter, isPart }: CustomerSearch): string {
  const like = (text: string): string => `${text} LIKE lower(:${parameter}::text)`;
  const one = `(${columns.map(like).join(' OR ')})`;
  return isPart ? `${like(ALL_TEXTS)} AND ${one}` : one;
}

/**
 * By the index of trigrams, or by reading the table if most customers match: `LIMIT` ends it, and because what it ends
 * is materialized, PostgreSQL does not plan for good luck. In the order of a list it would look for a page of it, through
 * the whole table where the customers of one company came last.
 */
const byPart = (conditions: string): string => `
  matching AS MATERIALIZED (SELECT * FROM customer WHERE ${conditions}),
  listed AS MATERIALIZED (SELECT * FROM matching LIMIT ${MOST_FOUND + 1})`;

/** The first ones of each index, in its order. */
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
