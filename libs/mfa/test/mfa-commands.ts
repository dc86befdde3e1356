import fc from 'fast-check';
import { choice, rightChoice, seconds, session, weighted, type Command } from './mfa-command.js';
import { beginnings, stories, type Story } from './mfa-command-stories.js';

/**
 * Any sequence of requests, waits and acts of an administrator, in three sessions of one account.
 *
 * @param sends the method whose codes are sent
 */
export function commands(sends = 'email'): fc.Arbitrary<readonly Command[]> {
  const method = weighted([
    [10, sends],
    [10, 'totp'],
    [8, 'recovery-code'],
    [1, 'unknown'],
    [1, ''],
  ]);
  const one = single(method).map((command): Story => [command]);
  const part = fc.oneof({ weight: 3, arbitrary: one }, { weight: 3, arbitrary: stories(sends, method) });
  const parts = fc.array(part, { minLength: 3, maxLength: 25, size: 'max' });
  return fc.tuple(beginnings(sends), parts).map(([beginning, rest]) => [...beginning, ...rest.flat()]);
}

/** One command, of any kind and with any value. */
function single(method: fc.Arbitrary<string>): fc.Arbitrary<Command> {
  const withValue = (name: 'activate' | 'verify' | 'deactivate'): fc.Arbitrary<Command> =>
    fc.record({ do: fc.constant(name), session, method, choice: fc.oneof(choice, rightChoice) });
  return fc.oneof(
    { weight: 4, arbitrary: withValue('activate') },
    { weight: 3, arbitrary: withValue('verify') },
    { weight: 2, arbitrary: withValue('deactivate') },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('trigger' as const), session, method }) },
    { weight: 9, arbitrary: fc.record({ do: fc.constant('order' as const), session, choice }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('endSession' as const), session }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('login' as const, 'unlock', 'removeAll') }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), method }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('wait' as const), seconds }) },
  );
}
