import { describe, expect, it } from 'vitest';
import { ApiException } from '../errors/api-exception.js';
import { validateAttributes } from './attributes.pipe.js';
import { IsUniqueList } from './unique-list.js';

class Crossing {
  @IsUniqueList(['ferry', 'bridge'])
  ways!: unknown;
}

class Voyage {
  @IsUniqueList()
  ports!: unknown;
}

/** The details of the refusal; none: the attributes are fine. */
async function refusal(attributesClass: new () => object, attributes: object): Promise<string[]> {
  try {
    await validateAttributes(attributesClass, attributes);
    return [];
  } catch (error) {
    if (!(error instanceof ApiException)) throw error;
    return error.rows.map(({ status, code, detail }) => `${status} ${code} ${detail}`);
  }
}

const BLANK = 'This value should not be blank.';
const NO_LIST = 'This value should be of type array.';
const NO_CHOICE = 'One or more of the given values is invalid.';
const TWICE = 'This collection should contain only unique elements.';

describe('UniqueList', () => {
  it.each([[['ferry']], [['bridge', 'ferry']]])('takes %j', async (ways) => {
    expect(await refusal(Crossing, { ways })).toEqual([]);
    expect(await refusal(Voyage, { ports: ways })).toEqual([]);
  });

  it('is needed', async () => {
    expect(await refusal(Crossing, {})).toEqual(['422 901 ways => This field is missing.']);
  });

  it.each([
    [null, BLANK],
    ['', BLANK],
    [[], BLANK],
    ['ferry', NO_LIST],
    [7, NO_LIST],
    [false, NO_LIST],
    [{ 0: 'ferry', length: 1 }, NO_LIST],
    [['ferry', 'ferry'], TWICE],
  ])('refuses %j for the first reason alone, with choices or without', async (value, text) => {
    expect(await refusal(Crossing, { ways: value })).toEqual([`422 901 ways => ${text}`]);
    expect(await refusal(Voyage, { ports: value })).toEqual([`422 901 ports => ${text}`]);
  });

  it.each([[['swim']], [['ferry', 'Ferry']], [[null]], [[['ferry']]], [['swim', 'swim']], [['constructor']]])(
    'refuses %j by its choices',
    async (ways) => {
      expect(await refusal(Crossing, { ways })).toEqual([`422 901 ways => ${NO_CHOICE}`]);
    },
  );

  it('without choices leaves the members to others', async () => {
    expect(await refusal(Voyage, { ports: ['Hamburg', 7, null] })).toEqual([]);
  });
});
