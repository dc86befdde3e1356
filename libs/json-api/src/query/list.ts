/** A sort criterion: the attribute as the client wrote it, and the direction. */
export interface SortField {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

/** Splits `a,b,c`. An absent or empty value is an empty list. */
function commaList(value: unknown): string[] {
  return typeof value === 'string' ? value.split(',').filter((part) => part !== '') : [];
}

/** The relationships in `include=a,b`. */
export function parseInclude(query: Record<string, unknown>): ReadonlySet<string> {
  return new Set(commaList(query['include']));
}

/** The criteria of `sort=a,-b`, in order. */
export function parseSort(query: Record<string, unknown>): SortField[] {
  return commaList(query['sort']).map((field) =>
    field.startsWith('-') ? { field: field.slice(1), direction: 'DESC' } : { field, direction: 'ASC' },
  );
}

/** The attributes in `fields[type]=a,b` for one type. Undefined if the client chose none. */
export function parseFields(query: Record<string, unknown>, type: string): ReadonlySet<string> | undefined {
  const value = query[`fields[${type}]`];
  return value === undefined ? undefined : new Set(commaList(value));
}
