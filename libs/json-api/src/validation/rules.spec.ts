import { PartialType } from '@nestjs/swagger';
import { describe, expect, it } from 'vitest';
import { ApiException } from '../errors/api-exception.js';
import { validateAttributes } from './attributes.pipe.js';
import {
  IsAtMost,
  IsCalendarDate,
  IsChoice,
  IsEmailAddress,
  IsFlag,
  IsGreaterThan,
  IsOptionalMember,
  HasLength,
  IsNotBlank,
  IsWholeNumber,
  Satisfies,
  IsText,
  IsTrue,
  IsUuid,
} from './rules.js';
import { IsNested, IsNestedList } from './nested-rules.js';

type Class = new () => object;

/** A class whose attribute `it` has these rules. */
function ruled(...rules: PropertyDecorator[]): Class {
  class Attributes {
    it?: unknown;
  }
  for (const rule of rules.toReversed()) rule(Attributes.prototype, 'it');
  return Attributes;
}

/** The details of the refusal; none: the attributes are fine. */
async function refusal(attributesClass: Class, attributes: object): Promise<string[]> {
  try {
    await validateAttributes(attributesClass, attributes);
    return [];
  } catch (error) {
    if (!(error instanceof ApiException)) throw error;
    for (const { status, code } of error.rows) expect([status, code]).toEqual([422, '901']);
    return error.rows.map(({ detail }) => detail);
  }
}

/** The messages of the attribute `it`. */
const messages = async (attributesClass: Class, value: unknown): Promise<string[]> =>
  (await refusal(attributesClass, value === undefined ? {} : { it: value })).map((line) => {
    expect(line.startsWith('it => ')).toBe(true);
    return line.slice('it => '.length);
  });

/** The attribute `it` as a handler receives it. */
const received = async (attributesClass: Class, value: unknown): Promise<unknown> =>
  ((await validateAttributes(attributesClass, { it: value })) as { it?: unknown }).it;

const MISSING = 'This field is missing.';
const BLANK = 'This value should not be blank.';
const NO_CHOICE = 'The value you selected is not a valid choice.';
const NO_TEXT = 'This value should be of type string.';
const NO_FLAG = 'This value should be of type bool.';
const NO_DATE = 'This value is not a valid date.';
const NO_UUID = 'This is not a valid UUID.';
const NO_NUMBER = 'This value should be of type numeric.';
const NO_OBJECT = 'This value should be of type object.';
const NO_LIST = 'This value should be of type array.';
const TOO_SHORT = 'This value is too short. It should have 3 characters or more.';
const TOO_LONG = 'This value is too long. It should have 5 characters or less.';

const SOME_UUID = '3d1f6f0e-5c0b-5d2e-9b57-6f0c2f4c8a11';

/** A value, with what is said of it. */
type Row = [value: unknown, expected: string[]];

/** Values of kinds that no rule of texts and numbers takes. */
const OTHER_KINDS: unknown[] = [{}, [], [[]], { length: 3 }, { toString: 1, valueOf: 1, hasOwnProperty: 1 }];

describe('NotBlank', () => {
  it.each<Row>([
    [undefined, [MISSING]],
    [null, [BLANK]],
    ['', [BLANK]],
    [' ', []],
    [0, []],
    [false, []],
    [[], []],
  ])('of %j: %j', async (value, expected) => {
    expect(await messages(ruled(IsNotBlank()), value)).toEqual(expected);
  });
});

describe('Text', () => {
  it.each<Row>([
    [undefined, []],
    [null, []],
    ['', []],
    ['東京 🚢', []],
    ['a\0', ['This value contains a character that is not allowed.']],
    [7, [NO_TEXT]],
    [true, [NO_TEXT]],
    ...OTHER_KINDS.map((value): Row => [value, [NO_TEXT]]),
  ])('of %j: %j', async (value, expected) => {
    expect(await messages(ruled(IsText()), value)).toEqual(expected);
  });
});

describe('Length', () => {
  it.each<Row>([
    [undefined, []],
    [null, []],
    ['ab', [TOO_SHORT]],
    ['abc', []],
    ['🚢🚢🚢🚢🚢', []],
    ['abcdef', [TOO_LONG]],
    [['a'], []],
  ])('from 3 to 5 of %j: %j', async (value, expected) => {
    expect(await messages(ruled(HasLength(3, 5)), value)).toEqual(expected);
  });
});

describe('Choice', () => {
  const salutation = ruled(IsNotBlank(), IsChoice(['Mr', 'Ms']));

  it.each<Row>([
    ['Mr', []],
    ['mr', [NO_CHOICE]],
    ['', [BLANK, NO_CHOICE]],
    [undefined, [MISSING]],
    [null, [BLANK]],
    [['Mr'], [NO_CHOICE]],
    ['constructor', [NO_CHOICE]],
    ...OTHER_KINDS.map((value): Row => [value, [NO_CHOICE]]),
  ])('of %j: %j', async (value, expected) => {
    expect(await messages(salutation, value)).toEqual(expected);
  });

  it('is no matter where nothing was sent', async () => {
    expect(await messages(ruled(IsChoice(['Mr'])), undefined)).toEqual([]);
    expect(await messages(ruled(IsChoice(['Mr'])), null)).toEqual([]);
  });
});

describe('Flag and True', () => {
  it.each<[unknown, string[], string[]]>([
    [true, [], []],
    [false, [], ['This value should be true.']],
    [undefined, [], []],
    [null, [], []],
    ...['true', '', 1, 0, ...OTHER_KINDS].map((value): [unknown, string[], string[]] => [
      value,
      [NO_FLAG],
      ['This value should be true.'],
    ]),
  ])('of %j: %j and %j', async (value, flag, accepted) => {
    expect(await messages(ruled(IsFlag()), value)).toEqual(flag);
    expect(await messages(ruled(IsTrue()), value)).toEqual(accepted);
  });
});

describe('CalendarDate', () => {
  it.each<Row>([
    ['2024-02-29', []],
    ['', []],
    [undefined, []],
    [null, []],
    ...['2023-02-29', '2024-13-01', '2024-00-10', '2024-04-31', '2024-1-1', '24-01-01', '2024-01-01T00:00:00Z'].map(
      (value): Row => [value, [NO_DATE]],
    ),
    ...[' 2024-01-01', '2024-01-01\n', '01.01.2024', 'today', 20240101, ...OTHER_KINDS].map((value): Row => [
      value,
      [NO_DATE],
    ]),
  ])('of %j: %j', async (value, expected) => {
    expect(await messages(ruled(IsCalendarDate()), value)).toEqual(expected);
  });
});

describe('Uuid', () => {
  it.each<Row>([
    [SOME_UUID, []],
    [SOME_UUID.toUpperCase(), []],
    ['00000000-0000-0000-0000-000000000000', []],
    ['', []],
    [undefined, []],
    [null, []],
    ...[`${SOME_UUID}0`, ` ${SOME_UUID}`, `${SOME_UUID}\n`, `{${SOME_UUID}}`, 'x', 7, ...OTHER_KINDS].map(
      (value): Row => [value, [NO_UUID]],
    ),
  ])('of %j: %j', async (value, expected) => {
    expect(await messages(ruled(IsUuid()), value)).toEqual(expected);
  });
});

describe('EmailAddress', () => {
  it.each([
    ['ada@customers.example', []],
    ['', []],
    ['ada', ['Email is invalid.']],
    ['ada@customers.example\0', ['Email is invalid.']],
  ])('of %j: %j', async (value, expected) => {
    expect(await messages(ruled(IsEmailAddress('Email is invalid.')), value)).toEqual(expected);
  });
});

describe('Numeric, GreaterThan and AtMost', () => {
  const quantity = ruled(IsNotBlank(), IsWholeNumber(), IsGreaterThan(0), IsAtMost(100));

  it.each([
    [1, 1],
    [100, 100],
    ['1', 1],
    [' 1', 1],
    ['1 ', 1],
    ['+7', 7],
    ['007', 7],
  ])('take %j as %j', async (value, expected) => {
    expect(await received(quantity, value)).toBe(expected);
  });

  it.each<Row>([
    ['-1', ['This value should be greater than 0.']],
    [-1, ['This value should be greater than 0.']],
    [0, ['This value should be greater than 0.']],
    ['-0', ['This value should be greater than 0.']],
    [101, ['This value should be less than or equal to 100.']],
    ['999999999999999', ['This value should be less than or equal to 100.']],
    [undefined, [MISSING]],
    [null, [BLANK]],
    ['', [BLANK, NO_NUMBER, 'This value should be greater than 0.']],
    ...['one', ' ', '1.5', '1e3', '0x10', '1_0', '9'.repeat(16), '٣', 'NaN', 'Infinity', true, ...OTHER_KINDS].map(
      (value): Row => [value, [NO_NUMBER]],
    ),
  ])('refuse %j with %j', async (value, expected) => {
    expect(await messages(quantity, value)).toEqual(expected);
  });

  it.each([1.5, 2 ** 53, 1e300])('refuse the number %j', async (value) => {
    expect((await messages(quantity, value))[0]).toBe(NO_NUMBER);
  });

  it('are no matter where nothing was sent', async () => {
    const optional = ruled(IsWholeNumber(), IsGreaterThan(0), IsAtMost(100));
    expect(await messages(optional, undefined)).toEqual([]);
    expect(await messages(optional, null)).toEqual([]);
  });
});

describe('IfSent', () => {
  const optional = ruled(IsOptionalMember(), IsNotBlank(), IsText(), HasLength(3, 5));

  it('lets an attribute be left out, but not be null or blank', async () => {
    expect(await messages(optional, undefined)).toEqual([]);
    expect(await messages(optional, null)).toEqual([BLANK]);
    expect(await messages(optional, '')).toEqual([BLANK, TOO_SHORT]);
    expect(await messages(optional, 'abc')).toEqual([]);
  });
});

describe('Satisfies', () => {
  it('judges texts by a rule of its own', async () => {
    const even = ruled(Satisfies('even', (text) => text.length % 2 === 0, 'Odd.'));
    expect(await messages(even, 'ab')).toEqual([]);
    expect(await messages(even, 'abc')).toEqual(['Odd.']);
    expect(await messages(even, 3)).toEqual([]);
  });
});

class Payment {
  @IsNotBlank()
  @IsText()
  name!: string;

  @IsWholeNumber()
  @IsGreaterThan(0)
  amount?: number;
}

class Wallet {
  @IsNotBlank()
  @IsNestedList(() => Payment)
  payments!: Payment[];
}

class Order {
  @IsNotBlank()
  @IsNested(() => Payment)
  payment!: Payment;

  @IsNested(() => Wallet)
  wallet?: Wallet;
}

describe('Nested', () => {
  it('names the path of what is wrong, at any depth', async () => {
    expect(
      await refusal(Order, { payment: { amount: '-1' }, wallet: { payments: [{ name: 'a' }, { name: '' }] } }),
    ).toEqual([
      `payment.name => ${MISSING}`,
      'payment.amount => This value should be greater than 0.',
      `wallet.payments.1.name => ${BLANK}`,
    ]);
  });

  it('converts and cleans what it holds', async () => {
    const { payment } = (await validateAttributes(Order, {
      payment: { name: 'a', amount: ' 2', constructor: 1, toString: 1, hasOwnProperty: 1, other: 1 },
    })) as { payment: Payment };
    expect(payment).toBeInstanceOf(Payment);
    expect(Object.entries(payment)).toEqual([
      ['name', 'a'],
      ['amount', 2],
    ]);
  });

  it.each(['text', 7, true, false, [], [{ name: 'a' }], [[]], [null]])(
    'refuses %j, which is no object',
    async (value) => {
      expect(await refusal(Order, { payment: value })).toEqual([`payment => ${NO_OBJECT}`]);
    },
  );

  it('is missing or blank where it is required, and may be null where it is not', async () => {
    expect(await refusal(Order, {})).toEqual([`payment => ${MISSING}`]);
    expect(await refusal(Order, { payment: null })).toEqual([`payment => ${BLANK}`]);
    expect(await refusal(Order, { payment: { name: 'a' }, wallet: null })).toEqual([]);
  });
});

describe('NestedList', () => {
  it('names the number of the object, from 0', async () => {
    expect(await refusal(Wallet, { payments: [{}, { name: 'a' }, { name: 1, amount: 'x' }] })).toEqual([
      `payments.0.name => ${MISSING}`,
      `payments.2.name => ${NO_TEXT}`,
      `payments.2.amount => ${NO_NUMBER}`,
    ]);
  });

  it.each([['text'], [7], [true], [null], [[]], [[{ name: 'a' }]]])(
    'refuses the member %j, which is no object',
    async (value) => {
      expect(await refusal(Wallet, { payments: [{ name: 'a' }, value] })).toEqual([`payments.1 => ${NO_OBJECT}`]);
    },
  );

  it.each(['text', 7, true, {}, { name: 'a' }, { 0: { name: 'a' }, length: 1 }])(
    'refuses %j, which is no list',
    async (value) => {
      expect(await refusal(Wallet, { payments: value })).toEqual([`payments => ${NO_LIST}`]);
    },
  );

  it('may be empty, and is missing or blank where it is required', async () => {
    expect(await refusal(Wallet, { payments: [] })).toEqual([]);
    expect(await refusal(Wallet, {})).toEqual([`payments => ${MISSING}`]);
    expect(await refusal(Wallet, { payments: null })).toEqual([`payments => ${BLANK}`]);
    expect((await refusal(Wallet, { payments: '' }))[0]).toBe(`payments => ${BLANK}`);
  });
});

describe('The violations of one attribute', () => {
  it('come as blank before length before type before range, however the rules are written', async () => {
    const city = ruled(IsChoice(['Hamburg']), HasLength(3, 5), IsNotBlank());
    expect(await messages(city, '')).toEqual([BLANK, TOO_SHORT, NO_CHOICE]);
    const number = ruled(IsGreaterThan(0), IsWholeNumber(), IsNotBlank());
    expect(await messages(number, '')).toEqual([BLANK, NO_NUMBER, 'This value should be greater than 0.']);
    expect(await messages(number, -1.5)).toEqual([NO_NUMBER, 'This value should be greater than 0.']);
  });

  it('are one when it is missing', async () => {
    expect(await messages(ruled(IsChoice(['a']), HasLength(3, 5), IsText(), IsNotBlank()), undefined)).toEqual([
      MISSING,
    ]);
  });

  it('come in the order of the fields, those of a class that others extend first', async () => {
    class Ship {
      @IsNotBlank()
      name?: string;
    }
    class Ferry extends PartialType(Ship, { skipNullProperties: false }) {
      @IsNotBlank()
      berth?: string;
    }
    expect(await refusal(Ferry, { name: '', berth: '' })).toEqual([`name => ${BLANK}`, `berth => ${BLANK}`]);
  });

  it('come in the order of the fields', async () => {
    class Both {
      @IsNotBlank()
      username!: string;

      @IsNotBlank()
      password!: string;
    }
    expect(await refusal(Both, { password: '', username: '' })).toEqual([
      `username => ${BLANK}`,
      `password => ${BLANK}`,
    ]);
  });
});
