import { ApiException } from '../errors/api-exception.js';
import { GENERIC_ERRORS } from '../errors/generic-errors.js';
import { headerOf, type JsonApiHttpRequest } from '../request.js';

/** An entity tag as a header carries it (RFC 9110, section 8.8.3). */
export function quoted(etag: string): string {
  return `"${etag}"`;
}

/** @throws ApiException 428 / 005 for a request without `If-Match` */
export function requireIfMatch(request: Pick<JsonApiHttpRequest, 'headers'>): string {
  const given = headerOf(request, 'if-match')?.trim();
  if (!given) throw new ApiException(GENERIC_ERRORS.ifMatchMissing);
  return given;
}

/**
 * Compares `If-Match`, a list of entity tags, with the state of the resource.
 *
 * @throws ApiException 412 / 006 when none of the tags is the resource's
 */
export function assertMatch(ifMatch: string, etag: string): void {
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  if (!tags.includes(quoted(etag))) throw new ApiException(GENERIC_ERRORS.ifMatchFailed);
}
