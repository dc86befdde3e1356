import { isUUID } from 'class-validator';
import { isStorable, parseBoundedPage, parseFilter, parseSort, type Page, type SortField } from '#json-api';

/** Attributes that a list can be sorted by. */
const SORTABLE = ['uuid', 'username', 'firstName', 'lastName', 'status', 'createdAt', 'updatedAt'] as const;

/** Attributes that a list can be filtered by, each with a test whether a user can have the value. */
const FILTERS = {
  username: isStorable,
  uuid: (text: string) => isUUID(text, 'loose'),
  role: isStorable,
  status: isStorable,
  name: isStorable,
} as const;

export type SortAttribute = (typeof SORTABLE)[number];
export type FilterAttribute = keyof typeof FILTERS;

/** A requested list. All conditions apply; unknown attributes are ignored. */
export interface UserList {
  readonly conditions: readonly { readonly attribute: FilterAttribute; readonly value: string }[];
  /** True if no user can match. */
  readonly isEmpty: boolean;
  readonly order: readonly (SortField & { readonly field: SortAttribute })[];
  readonly page: Required<Page>;
}

/** @throws ApiException 400 if a filter or the page cannot be read */
export function parseUserList(query: Record<string, unknown>): UserList {
  const conditions = [...parseFilter(query, 'users')].flatMap(([attribute, value]) =>
    isFilter(attribute) ? [{ attribute, value }] : [],
  );
  return {
    conditions,
    isEmpty: !conditions.every(({ attribute, value }) => FILTERS[attribute](value)),
    order: parseSort(query).filter(isSortable),
    page: parseBoundedPage(query),
  };
}

function isFilter(name: string): name is FilterAttribute {
  return Object.hasOwn(FILTERS, name);
}

function isSortable(criterion: SortField): criterion is SortField & { field: SortAttribute } {
  return SORTABLE.some((field) => field === criterion.field);
}
