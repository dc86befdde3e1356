/** The query of a page, as it was typed into the form above a list. */
export type PageQuery = Readonly<Record<string, unknown>>;

/** The fields of a query that something was typed into. */
export function typedIn(query: PageQuery, names: readonly string[]): Readonly<Record<string, string>> {
  const texts = names.map((name) => [name, textOf(query[name])] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}

/** The query of a page as the list of the API reads it, which finds the same. */
export function apiQuery(type: string, filters: Readonly<Record<string, string>>, query: PageQuery): PageQuery {
  const conditions = Object.entries(filters).map(([name, text]) => [`filter[${type}.${name}]`, text]);
  return { ...Object.fromEntries(conditions), 'page[offset]': query['offset'] };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
