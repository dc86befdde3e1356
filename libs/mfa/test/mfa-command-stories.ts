import fc from 'fast-check';
import { rightChoice, seconds, session, weighted, wrongChoice, type Choice, type Command } from './mfa-command.js';

/** Commands that belong together, with a meaning that chance alone would hit too rarely. */
export type Story = readonly Command[];

/** How a session comes to a value that is right, and how it submits the same value again. */
interface Source {
  readonly before: Story;
  readonly first: Choice;
  readonly again: Choice;
}

function activate(method: string, at: string, by: Choice): Command {
  return { do: 'activate', session: at, method, choice: by };
}

function verify(method: string, at: string): Command {
  return { do: 'verify', session: at, method, choice: method === 'totp' ? 'totp now' : 'newest sent' };
}

function setUp(method: string, at: string, by: Choice): Story {
  return [activate(method, at, by), verify(method, at)];
}

/** How the account is at first: mostly with methods, or most requests would pass or fail for want of one. */
export function beginnings(sends: string): fc.Arbitrary<Story> {
  const bySending = setUp(sends, 'one', 'none');
  const both = [...bySending, ...setUp('totp', 'one', 'newest sent')];
  return weighted<Story>([
    [2, []],
    [2, bySending],
    [2, setUp('totp', 'one', 'none')],
    [2, both],
    [3, [...both, activate('recovery-code', 'one', 'totp now')]],
  ]);
}

export function stories(sends: string, method: fc.Arbitrary<string>): fc.Arbitrary<Story> {
  const misses = fc.record({ do: fc.constant('order' as const), session, choice: wrongChoice });
  const triggers = fc.record({ do: fc.constant('trigger' as const), session, method: fc.constant(sends) });
  return fc.oneof(
    { weight: 3, arbitrary: setUps(sends) },
    { weight: 3, arbitrary: interruptedSetUps(sends, method) },
    { weight: 6, arbitrary: usesOfAFreshValue(sends, method) },
    { weight: 2, arbitrary: interruptedCodes(sends, method) },
    { weight: 4, arbitrary: interruptedGrants(sends, method) },
    { weight: 1, arbitrary: guessedSetUps(sends) },
    { weight: 1, arbitrary: renewedLists() },
    { weight: 1, arbitrary: fc.array(misses, { minLength: 2, maxLength: 10 }) },
    { weight: 1, arbitrary: fc.array(triggers, { minLength: 4, maxLength: 7 }) },
  );
}

function setUps(sends: string): fc.Arbitrary<Story> {
  return fc
    .tuple(session, fc.constantFrom(sends, 'totp'), rightChoice)
    .map(([at, method, by]) => setUp(method, at, by));
}

/** A set-up that is completed after something came in between, perhaps in another session. */
function interruptedSetUps(sends: string, any: fc.Arbitrary<string>): fc.Arbitrary<Story> {
  const parts = fc.tuple(session, session, fc.constantFrom(sends, 'totp'), rightChoice, interruption(sends, any));
  return parts.map(([at, later, method, by, between]) => [
    activate(method, at, by),
    ...between,
    verify(method, method === 'totp' ? later : at),
  ]);
}

/** A set-up that somebody guesses at until the account is locked, and begins again. */
function guessedSetUps(sends: string): fc.Arbitrary<Story> {
  const count = fc.integer({ min: 8, max: 11 });
  return fc.tuple(session, fc.constantFrom(sends, 'totp'), rightChoice, count).map(([at, method, by, guesses]) => {
    const begin = activate(method, at, by);
    const guess: Command = { do: 'verify', session: at, method, choice: 'wrong digits' };
    return [begin, ...Array.from({ length: guesses }, () => guess), begin];
  });
}

/** A list that is made anew in the place of one of which a code is in use, perhaps in another session. */
function renewedLists(): fc.Arbitrary<Story> {
  const by = fc.constantFrom<Choice>('recovery used again', 'next recovery', 'totp next step');
  return fc
    .tuple(session, session, by)
    .map(([at, elsewhere, choice]) => [
      { do: 'order', session: at, choice: 'next recovery' },
      activate('recovery-code', elsewhere, choice),
      { do: 'order', session: at, choice: 'recovery used again' },
    ]);
}

/** A value that is right if its method is active, and what it is wanted for. */
function usesOfAFreshValue(sends: string, method: fc.Arbitrary<string>): fc.Arbitrary<Story> {
  const wanted = fc.constantFrom('order' as const, 'activate' as const, 'deactivate' as const);
  return fc
    .tuple(session, wanted, method, source(sends))
    .map(([at, name, what, from]) => [...from(at).before, use(name, at, what, from(at).first)]);
}

/** A code that is used after something came in between. */
function interruptedCodes(sends: string, method: fc.Arbitrary<string>): fc.Arbitrary<Story> {
  return fc
    .tuple(session, interruption(sends, method))
    .map(([at, between]) => [
      { do: 'trigger', session: at, method: sends },
      ...between,
      { do: 'order', session: at, choice: 'newest sent' },
    ]);
}

/** A grant that is used again after something came in between. */
function interruptedGrants(sends: string, method: fc.Arbitrary<string>): fc.Arbitrary<Story> {
  const wanted = fc.constantFrom('order' as const, 'order' as const, 'activate' as const, 'deactivate' as const);
  const parts = fc.tuple(session, source(sends), interruption(sends, method), wanted, method);
  return parts.map(([at, from, between, name, what]) => {
    const { before, first, again } = from(at);
    const reuse: Command = { do: 'order', session: at, choice: again };
    const open: Command = { do: 'order', session: at, choice: first };
    return [...before, open, ...between, reuse, { do: 'wait', seconds: 900 }, use(name, at, what, again)];
  });
}

function use(name: 'order' | 'activate' | 'deactivate', at: string, method: string, by: Choice): Command {
  return name === 'order' ? { do: name, session: at, choice: by } : { do: name, session: at, method, choice: by };
}

function source(sends: string): fc.Arbitrary<(at: string) => Source> {
  const again = 'totp used again';
  return fc.constantFrom<(at: string) => Source>(
    (at) => ({
      before: [{ do: 'trigger', session: at, method: sends }],
      first: 'newest sent',
      again: 'newest sent',
    }),
    () => ({ before: [{ do: 'wait', seconds: 60 }], first: 'totp now', again }),
    () => ({ before: [], first: 'totp next step', again }),
    () => ({ before: [], first: 'next recovery', again: 'recovery used again' }),
  );
}

/** What may end a code, a grant or a set-up, and what may not. */
function interruption(sends: string, method: fc.Arbitrary<string>): fc.Arbitrary<Story> {
  const withRightValue = (name: 'activate' | 'deactivate', what: fc.Arbitrary<string>): fc.Arbitrary<Command> =>
    fc.record({ do: fc.constant(name), session, method: what, choice: rightChoice });
  const one = fc.oneof<fc.Arbitrary<Command>[]>(
    fc.record({ do: fc.constantFrom('login' as const, 'removeAll', 'unlock') }),
    fc.record({ do: fc.constant('endSession' as const), session }),
    fc.record({ do: fc.constant('remove' as const), method }),
    fc.record({ do: fc.constant('wait' as const), seconds }),
    withRightValue('activate', method),
    withRightValue('activate', fc.constant('recovery-code')),
    withRightValue('deactivate', method),
  );
  const miss = fc.record({ do: fc.constant('order' as const), session, choice: wrongChoice });
  return fc.oneof(
    { weight: 8, arbitrary: one.map((command): Story => [command]) },
    { weight: 2, arbitrary: setUps(sends) },
    { weight: 1, arbitrary: fc.array(miss, { minLength: 1, maxLength: 4 }) },
  );
}
