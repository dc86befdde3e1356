import { isUUID } from 'class-validator';
import { isStorable, parseBoundedPage, parseFilter, parseSort, type Page, type SortField } from '#json-api';

/** What a list can be sorted by. */
const SORTABLE = ['uuid', 'username', 'firstName', 'lastName', 'status', 'createdAt', 'updatedAt'] as const;

/** What a list can be filtered by, and which texts a user can have there. */
const FILTERS = {
  username: isStorable,
  uuid: (text: string) => isUUID(text, 'loose'),
  role: isStorable,
  status: isStorable,
  name: isStorable,
} as const;

export type SortAttribute = (typeof SORTABLE)[number];
export type FilterAttribute = keyof typeof FILTERS;

/** A list as a request asks for it; all conditions hold, unknown attributes are left out. */
export interface UserList {
  readonly conditions: readonly { readonly attribute: FilterAttribute; readonly value: string }[];
  /** No user can be in it. */
  readonly isEmpty: boolean;
  readonly order: readonly (SortField & { readonly field: SortAttribute })[];
  readonly page: Required<Page>;
}

/** @throws ApiException 400 for a filter or a page that cannot be read */
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
