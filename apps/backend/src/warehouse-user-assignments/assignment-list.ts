import { isUUID } from 'class-validator';
import { parseFilter, parsePage, parseSort, type Page, type SortField } from '#json-api';

/** Attributes that a list can be sorted by. */
export const SORTABLE = ['uuid', 'isActive', 'userUuid', 'warehouseUuid', 'createdAt'] as const;

/**
 * Attributes that a list can be filtered by, each with a function that reads the value. Undefined if no assignment can
 * have it.
 */
const FILTERS = {
  uuid: uuidOf,
  userUuid: uuidOf,
  isActive: (text: string) => BOOLEANS.get(text.toLowerCase()),
  warehouseUuid: uuidOf,
} as const;

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['true', '1', 'on', 'yes'].map((text) => [text, true] as const),
  ...['false', '0', 'off', 'no', ''].map((text) => [text, false] as const),
]);

export type SortAttribute = (typeof SORTABLE)[number];
export type FilterAttribute = keyof typeof FILTERS;

export interface Condition {
  readonly attribute: FilterAttribute;
  readonly value: string | boolean | undefined;
}

/** A requested list. All conditions apply; unknown attributes are ignored. */
export interface AssignmentList {
  readonly conditions: readonly Condition[];
  readonly order: readonly (SortField & { readonly field: SortAttribute })[];
  readonly page: Page;
}

/** @throws ApiException 400 if a filter or the page cannot be read */
export function parseAssignmentList(query: Record<string, unknown>): AssignmentList {
  return {
    conditions: [...parseFilter(query, 'warehouse-user-assignments')].flatMap(([attribute, text]) =>
      isFilter(attribute) ? [{ attribute, value: FILTERS[attribute](text) }] : [],
    ),
    order: parseSort(query).filter(isSortable),
    page: parsePage(query),
  };
}

function uuidOf(text: string): string | undefined {
  return isUUID(text, 'loose') ? text : undefined;
}

function isFilter(name: string): name is FilterAttribute {
  return Object.hasOwn(FILTERS, name);
}

function isSortable(criterion: SortField): criterion is SortField & { field: SortAttribute } {
  return SORTABLE.some((field) => field === criterion.field);
}
