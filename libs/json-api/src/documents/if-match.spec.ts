import { describe, expect, it } from 'vitest';
import { ApiException } from '../errors/api-exception.js';
import { assertMatch, quoted, requireIfMatch } from './if-match.js';

const ETAG = 'd41d8cd98f00b204e9800998ecf8427e';

/** The refusal as `status code`; `fine` without one. */
function refusal(work: () => unknown): string {
  try {
    work();
    return 'fine';
  } catch (error) {
    if (!(error instanceof ApiException)) throw error;
    return error.rows.map(({ status, code }) => `${status} ${code}`).join(' ');
  }
}

describe('An entity tag', () => {
  it('is quoted in a header', () => {
    expect(quoted(ETAG)).toBe(`"${ETAG}"`);
  });
});

describe('If-Match', () => {
  it('is given back as sent', () => {
    expect(requireIfMatch({ headers: { 'if-match': ` "${ETAG}" ` } })).toBe(`"${ETAG}"`);
  });

  it.each([[{}], [{ 'if-match': undefined }], [{ 'if-match': '' }], [{ 'if-match': '  ' }], [{ 'if-match': [] }]])(
    'is asked for when the headers are %j',
    (headers) => {
      expect(refusal(() => requireIfMatch({ headers }))).toBe('428 005');
    },
  );

  it.each([`"${ETAG}"`, `"other", "${ETAG}"`, `"${ETAG}","other"`])('%s lets the change pass', (ifMatch) => {
    expect(refusal(() => assertMatch(ifMatch, ETAG))).toBe('fine');
  });

  // a weak tag never matches (RFC 9110, section 13.1.1); `*` would let through the change that the tag is there to stop
  it.each([
    '"other"',
    ETAG,
    `W/"${ETAG}"`,
    `"${ETAG.toUpperCase()}"`,
    `"${ETAG}`,
    `"${ETAG} "`,
    `"${ETAG.slice(1)}"`,
    '""',
    '*',
    ',',
  ])('%s does not', (ifMatch) => {
    expect(refusal(() => assertMatch(ifMatch, ETAG))).toBe('412 006');
  });
});
