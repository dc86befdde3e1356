import { describe, expect, it } from 'vitest';
import type { Answer } from './http.js';
import { CODE_INVALID, differences, DONE, inWords, OK } from './promise.js';

function answer(status: number, body?: object, contentType = 'application/vnd.api+json'): Answer {
  const headers = new Headers(body && { 'content-type': contentType });
  return { status, statusText: '', headers, text: body ? JSON.stringify(body) : '' };
}

const REFUSED = { errors: [{ status: 403, code: '5901', detail: 'X-MFA-Code is invalid.' }] };
const LIST = { data: [{ type: 'multi-factor-auth-types', attributes: { type: 'email', status: 1 } }] };

describe('A promise', () => {
  it('is kept by an answer with its status, code, content type and statuses of methods', () => {
    expect(differences(DONE, answer(204))).toEqual([]);
    expect(differences(CODE_INVALID, answer(403, REFUSED))).toEqual([]);
    expect(differences({ ...OK, methods: { email: 1 } }, answer(200, LIST))).toEqual([]);
  });

  it('names each aspect in which an answer differs', () => {
    expect(differences(CODE_INVALID, answer(204))).toEqual([
      '  status: expected 403, received 204',
      '  code: expected 5901, received none',
      '  content type: expected application/vnd.api+json, received none',
    ]);
    expect(differences({ ...OK, methods: { email: 2, pigeon: 0 } }, answer(200, LIST))).toEqual([
      '  status of email: expected 2, received 1',
      '  status of pigeon: expected 0, received none',
    ]);
  });

  it('takes a content type with a charset for another one', () => {
    const found = differences(CODE_INVALID, answer(403, REFUSED, 'application/vnd.api+json; charset=utf-8'));
    expect(found).toHaveLength(1);
  });

  it('is not kept by an answer that is no document', () => {
    const page: Answer = { ...answer(200, {}), text: '<html>' };
    expect(differences({ ...OK, methods: { email: 0 } }, page)).toHaveLength(1);
  });

  it('can be told in words', () => {
    expect(inWords(CODE_INVALID)).toBe('403, code 5901');
    expect(inWords({ ...OK, methods: { email: 0 } })).toBe('200, email has status 0');
  });
});
