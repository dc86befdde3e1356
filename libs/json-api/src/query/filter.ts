import { ApiException } from '../errors/api-exception.js';
import type { ApiErrorRow } from '../errors/api-error.js';

/** A filter that is not of the form `filter[resource.property]=value` (contract: section 3.2). */
const UNSUPPORTED_FILTER = {
  status: 400,
  code: '011',
  detail: 'Unsupported `Filter` format is used. Please use `filter[resource.property]` ',
} as const satisfies ApiErrorRow;

/**
 * Reads `filter[type.property]=value` for one resource type.
 *
 * @returns property → value; filters of other types are ignored
 * @throws ApiException 400 / 011 for a filter of another form
 */
export function parseFilter(query: Record<string, unknown>, type: string): ReadonlyMap<string, string> {
  const filter = new Map<string, string>();
  for (const [key, value] of Object.entries(query)) {
    if (key !== 'filter' && !key.startsWith('filter[')) continue;
    const [, resource, property] = /^filter\[([^\].]+)\.([^\].]+)\]$/.exec(key) ?? [];
    if (!resource || !property || typeof value !== 'string') throw new ApiException(UNSUPPORTED_FILTER);
    if (resource === type) filter.set(property, value);
  }
  return filter;
}
