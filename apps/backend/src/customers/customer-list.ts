import { isStorable, parseBoundedPage, parseFilter, parseSort, type Page, type SortField } from '#json-api';

/** Attributes that a list can be sorted by. */
export const SORTABLE = ['customerReference', 'email', 'firstName', 'lastName', 'createdAt', 'updatedAt'] as const;

const FILTERS = ['customerReference', 'email', 'name'] as const;

export type SortAttribute = (typeof SORTABLE)[number];
export type FilterAttribute = (typeof FILTERS)[number];

/** A requested list. All conditions apply; unknown attributes are ignored. */
export interface CustomerList {
  /** A part of the reference, the e-mail address or the full name. Empty: all customers. */
  readonly search: string;
  readonly conditions: readonly { readonly attribute: FilterAttribute; readonly value: string }[];
  /** True if no customer can match. */
  readonly isEmpty: boolean;
  readonly order: readonly (SortField & { readonly field: SortAttribute })[];
  readonly page: Required<Page>;
}

/** @throws ApiException 400 if a filter or the page cannot be read */
export function parseCustomerList(query: Record<string, unknown>): CustomerList {
  const { q = '' } = query;
  const conditions = [...parseFilter(query, 'customers')].flatMap(([attribute, value]) =>
    isFilter(attribute) ? [{ attribute, value }] : [],
  );
  const texts = [q, ...conditions.map(({ value }) => value)];
  return {
    search: String(q),
    conditions,
    isEmpty: !texts.every((text) => typeof text === 'string' && isStorable(text)),
    order: parseSort(query).filter(isSortable),
    page: parseBoundedPage(query),
  };
}

function isFilter(name: string): name is FilterAttribute {
  return FILTERS.some((filter) => filter === name);
}

function isSortable(criterion: SortField): criterion is SortField & { field: SortAttribute } {
  return SORTABLE.some((field) => field === criterion.field);
}
