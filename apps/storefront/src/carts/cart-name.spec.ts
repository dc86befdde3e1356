import { expect, it } from 'vitest';
import { uniqueName } from './cart-name.js';

it.each([
  ['Office', [], 'Office'],
  ['Office', ['office'], 'Office'],
  ['Office', ['Office'], 'Office 1'],
  ['Office', ['Office', 'Office 1', 'Office 3'], 'Office 2'],
  ['Office 1', ['Office 1'], 'Office 1 1'],
  ['x'.repeat(30), ['x'.repeat(30)], `${'x'.repeat(28)} 1`],
  ['⚓'.repeat(30), ['⚓'.repeat(30), `${'⚓'.repeat(28)} 1`], `${'⚓'.repeat(28)} 2`],
])('makes of %s beside %j the name %s', (name, taken, free) => {
  expect(uniqueName(name, new Set(taken))).toBe(free);
});
