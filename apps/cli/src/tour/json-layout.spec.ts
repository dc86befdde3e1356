import { describe, expect, it } from 'vitest';
import { layOut } from './json-layout.js';

describe('The layout of JSON', () => {
  it('keeps on one line what fits', () => {
    expect(layOut({ data: [{ type: 'carts', id: null }] })).toBe('{"data":[{"type":"carts","id":null}]}');
  });

  it('breaks what does not fit into its members, and stays the same JSON', () => {
    const value = { data: [{ type: 'carts', attributes: { name: 'x'.repeat(100), currency: 'EUR' } }], links: {} };
    const text = layOut(value);
    expect(JSON.parse(text)).toEqual(value);
    expect(text.split('\n')).toContain('  "links": {}');
    expect(text.split('\n')).toContain('        "currency": "EUR"');
  });
});
