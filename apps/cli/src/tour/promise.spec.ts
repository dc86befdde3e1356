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

  it('compares members of the document, wherever they are', () => {
    const found = answer(200, { data: [{ attributes: { actor: { name: 'Alma' } } }], meta: { dates: ['1', '2'] } });
    const members = { 'data.0.attributes.actor.name': 'Alma', 'meta.dates.-1': '2' };
    expect(differences({ ...OK, members }, found)).toEqual([]);
    expect(differences({ ...OK, members: { 'meta.dates.0': null, 'data.1.id': '7' } }, found)).toEqual([
      '  meta.dates.0: expected null, received "1"',
      '  data.1.id: expected "7", received none',
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
    expect(inWords({ ...OK, members: { 'data.0.id': '7' } })).toBe('200, data.0.id is "7"');
  });
});
