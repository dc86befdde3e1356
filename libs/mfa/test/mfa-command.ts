import fc from 'fast-check';

/** Which value a command submits; what that is, is known when the command is performed. */
export type Choice =
  | 'newest sent'
  | 'older sent'
  | 'totp now'
  | 'totp previous step'
  | 'totp next step'
  | 'totp too old'
  | 'totp too early'
  | 'totp used again'
  | 'totp of the older secret'
  | 'next recovery'
  | 'recovery used again'
  | 'recovery of the older list'
  | 'wrong digits'
  | 'wrong recovery'
  | 'nonsense'
  | 'none';

export type Command =
  | {
      readonly do: 'activate' | 'verify' | 'deactivate';
      readonly session: string;
      readonly method: string;
      readonly choice: Choice;
    }
  | { readonly do: 'trigger'; readonly session: string; readonly method: string }
  | { readonly do: 'order'; readonly session: string; readonly choice: Choice }
  | { readonly do: 'endSession'; readonly session: string }
  | { readonly do: 'login' | 'removeAll' | 'unlock' }
  | { readonly do: 'remove'; readonly method: string }
  | { readonly do: 'wait'; readonly seconds: number };

export function weighted<T>(weights: readonly (readonly [number, T])[]): fc.Arbitrary<T> {
  return fc.oneof(...weights.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
}

export const session = weighted([
  [5, 'one'],
  [2, 'two'],
  [1, 'three'],
]);

export const choice = weighted<Choice>([
  [8, 'newest sent'],
  [2, 'older sent'],
  [6, 'totp now'],
  [2, 'totp previous step'],
  [3, 'totp next step'],
  [1, 'totp too old'],
  [1, 'totp too early'],
  [4, 'totp used again'],
  [1, 'totp of the older secret'],
  [3, 'next recovery'],
  [3, 'recovery used again'],
  [1, 'recovery of the older list'],
  [2, 'wrong digits'],
  [1, 'wrong recovery'],
  [1, 'nonsense'],
  [2, 'none'],
]);

/** Those with which most things succeed. */
export const rightChoice = fc.constantFrom<Choice>('newest sent', 'totp now', 'totp next step', 'next recovery');

export const wrongChoice = fc.constantFrom<Choice>(
  'wrong digits',
  'wrong recovery',
  'nonsense',
  'older sent',
  'totp too old',
);

/** Edges of the lives that the contract names, and of steps. */
export const seconds = fc.constantFrom(1, 30, 59, 60, 90, 599, 600, 900, 1799, 1800);
