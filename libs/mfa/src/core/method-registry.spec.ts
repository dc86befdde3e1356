import { describe, expect, it } from 'vitest';
import type { Method } from './method.js';
import { MethodRegistry } from './method-registry.js';

const method = (name: string): Method => ({ name, offeredTo: ['customer'], send: async () => undefined });

describe('The method registry', () => {
  it('stops the start for a name that is registered twice', () => {
    expect(() => new MethodRegistry([method('a'), method('b'), method('a')])).toThrow('"a"');
  });

  it.each(['', 'With Space', 'UPPER', '1st', 'x'.repeat(33)])('stops the start for the malformed name "%s"', (name) => {
    expect(() => new MethodRegistry([method(name)])).toThrow('malformed');
  });

  it('stops the start without any method', () => {
    expect(() => new MethodRegistry([])).toThrow('No MFA method');
  });

  it('finds a method only for the kinds of account that it is offered to', () => {
    const registry = new MethodRegistry([method('a')]);
    expect(registry.find('a', 'customer')?.name).toBe('a');
    expect(registry.find('a', 'user')).toBeUndefined();
    expect(registry.find('b', 'customer')).toBeUndefined();
  });
});
