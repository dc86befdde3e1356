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

  it.each([
    `"${ETAG}"`,
    `"other", "${ETAG}"`,
    `"${ETAG}","other"`,
    `W/"other" ,\t"a,b",, "${ETAG}" ,`,
    `"", "${ETAG}"`,
    '*',
  ])('%s lets the change pass', (ifMatch) => {
    expect(refusal(() => assertMatch(ifMatch, ETAG))).toBe('fine');
  });

  // a weak tag never matches (RFC 9110, section 13.1.1)
  it.each([
    '"other"',
    ETAG,
    `W/"${ETAG}"`,
    `"${ETAG.toUpperCase()}"`,
    `"${ETAG}`,
    `"${ETAG} "`,
    `"${ETAG.slice(1)}"`,
    '""',
    `w/"${ETAG}"`,
    `"a, "${ETAG}", b"`,
    `"${ETAG}" "other"`,
    `*, "${ETAG}"`,
    '"*"',
    ',',
  ])('%s does not', (ifMatch) => {
    expect(refusal(() => assertMatch(ifMatch, ETAG))).toBe('412 006');
  });

  it.each([`"${ETAG}"`, '*', '""'])('%s does not where there is nothing to match', (ifMatch) => {
    expect(refusal(() => assertMatch(ifMatch, undefined))).toBe('412 006');
  });

  it('of 16,000 characters is judged at once', () => {
    const started = performance.now();
    for (const ifMatch of ['"a",'.repeat(4000), `${'W/'.repeat(8000)}`, `"${','.repeat(16_000)}`, ', '.repeat(8000)]) {
      expect(refusal(() => assertMatch(ifMatch, ETAG))).toBe('412 006');
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
