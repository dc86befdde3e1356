import { ApiException } from '../errors/api-exception.js';
import { GENERIC_ERRORS } from '../errors/generic-errors.js';

/** The part of a request document that handlers use. */
export interface RequestDocument {
  readonly data: { readonly type?: string; readonly attributes: Record<string, unknown> };
}

/**
 * Checks type and form of a request document.
 *
 * @throws ApiException 400 `Post data is invalid.` if `data`, `type` or `attributes` is absent, 400 `Invalid type.` if
 * the type is another one
 */
export function assertDocument(body: unknown, type: string, typeOptional: boolean): asserts body is RequestDocument {
  const data = isObject(body) ? body['data'] : undefined;
  if (!isObject(data)) throw new ApiException(GENERIC_ERRORS.invalidDocument);
  if (data['type'] === undefined ? !typeOptional : typeof data['type'] !== 'string') {
    throw new ApiException(GENERIC_ERRORS.invalidDocument);
  }
  if (data['type'] !== undefined && data['type'] !== type) throw new ApiException(GENERIC_ERRORS.invalidType);
  if (!isObject(data['attributes'])) throw new ApiException(GENERIC_ERRORS.invalidDocument);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
