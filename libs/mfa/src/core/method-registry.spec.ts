import { describe, expect, it } from 'vitest';
import type { AccountKind } from './account.js';
import type { Method } from './method.js';
import { MethodRegistry } from './method-registry.js';

const method = (
  name: string,
  offeredTo: readonly AccountKind[] = ['customer'],
  more: Partial<Method> = {},
): Method => ({
  name,
  offeredTo,
  amr: [],
  ...more,
});
const registry = (methods: readonly Method[], customer?: readonly string[]): MethodRegistry =>
  new MethodRegistry(methods, { offeredMethods: { customer, user: undefined } });
const names = (methods: readonly Method[]): string[] => methods.map(({ name }) => name);

describe('The list of methods', () => {
  it('keeps their order and finds one by its name and the kind of account', () => {
    const methods = registry([method('b', ['customer', 'user']), method('a')]);
    expect(names(methods.offeredTo('customer'))).toEqual(['b', 'a']);
    expect(names(methods.offeredTo('user'))).toEqual(['b']);
    expect(methods.find('a', 'user')).toBeUndefined();
    expect(methods.find('a', 'customer')?.name).toBe('a');
  });

  it('offers what is configured, in that order, and still knows the others', () => {
    const methods = registry([method('a'), method('b'), method('c')], ['c', 'a']);
    expect(names(methods.offeredTo('customer'))).toEqual(['c', 'a']);
    expect(methods.isOffered('b', 'customer')).toBe(false);
    expect(methods.find('b', 'customer')?.name).toBe('b');
  });

  it.each([
    [['nothing'], 'names "nothing", which is unknown or named twice. There are: a, z.'],
    [['a', 'a'], 'names "a", which is unknown or named twice. There are: a, z.'],
    [['z'], 'has no method that protects. There are: a, z.'],
    [[], 'has no method that protects. There are: a, z.'],
  ])('stops the start for the configured list %j', (chosen, reason) => {
    const methods = [method('a'), method('z', ['customer'], { isBackup: true })];
    expect(() => registry(methods, chosen)).toThrow(reason);
  });

  it.each([['Upper'], ['with space'], ['']])('stops the start for the name "%s"', (name) => {
    expect(() => registry([method(name)])).toThrow(`"${name}"`);
  });

  it('stops the start for a name that is there twice, and for an empty list', () => {
    expect(() => registry([method('a'), method('a')])).toThrow('registered twice');
    expect(() => registry([])).toThrow('No MFA method');
  });
});
