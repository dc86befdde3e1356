import { ApiException } from '../errors/api-exception.js';
import { GENERIC_ERRORS } from '../errors/generic-errors.js';
import { headerOf, type JsonApiHttpRequest } from '../request.js';

/** An entity tag as a header carries it (RFC 9110, section 8.8.3). */
export function quoted(etag: string): string {
  return `"${etag}"`;
}

/** @throws ApiException 428 / 005 if the request has no `If-Match` */
export function requireIfMatch(request: Pick<JsonApiHttpRequest, 'headers'>): string {
  const condition = headerOf(request, 'if-match')?.trim();
  if (!condition) throw new ApiException(GENERIC_ERRORS.ifMatchMissing);
  return condition;
}

const TAG = String.raw`(?:W/)?"[!\x23-\x7e\x80-\xff]*"`;
/** A list may have empty members (RFC 9110, section 5.6.1). */
const LIST = new RegExp(String.raw`^(?:[\t ,]*${TAG}[\t ]*(?:,|$))+[\t ,]*$`);

/**
 * Compares `If-Match`, a list of entity tags or `*`, with the state of the resource (RFC 9110, section 13.1.1). A weak
 * tag never matches.
 *
 * @param etag undefined if the resource does not exist; then nothing matches, not even `*`
 * @throws ApiException 412 / 006 if the resource does not exist or no tag matches
 */
export function assertMatch(ifMatch: string, etag: string | undefined): void {
  const isMatch = etag !== undefined && (ifMatch === '*' || tagsOf(ifMatch).includes(quoted(etag)));
  if (!isMatch) throw new ApiException(GENERIC_ERRORS.ifMatchFailed);
}

/** @returns an empty list if the text is not a list of entity tags */
function tagsOf(ifMatch: string): string[] {
  return LIST.test(ifMatch) ? (ifMatch.match(new RegExp(TAG, 'g')) ?? []) : [];
}
