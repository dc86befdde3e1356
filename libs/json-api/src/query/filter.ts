import { ApiException } from '../errors/api-exception.js';
import { GENERIC_ERRORS } from '../errors/generic-errors.js';

/**
 * Reads `filter[type.property]=value` for one resource type.
 *
 * @returns values by property; filters of other types are ignored
 * @throws ApiException 400 / 011 if a filter has another form
 */
export function parseFilter(query: Record<string, unknown>, type: string): ReadonlyMap<string, string> {
  const filter = new Map<string, string>();
  for (const [key, value] of Object.entries(query)) {
    if (key !== 'filter' && !key.startsWith('filter[')) continue;
    const [, resource, property] = /^filter\[([^\].]+)\.([^\].]+)\]$/.exec(key) ?? [];
    if (!resource || !property || typeof value !== 'string') throw new ApiException(GENERIC_ERRORS.invalidFilter);
    if (resource === type) filter.set(property, value);
  }
  return filter;
}
