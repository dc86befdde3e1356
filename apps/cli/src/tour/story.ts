import { tellStep } from './narration.js';
import { CODE_INVALID } from './promise.js';
import { wrongCode, type Visitor } from './visitor.js';
import type { Request } from './http.js';

/** One of the story's steps: what a person reads first, and what happens then. */
export interface Step<C extends Cast> {
  readonly tells: string;
  readonly plays: (cast: C) => Promise<void>;
}

/** Who acts: both know the password, but the mails come to the owner alone. */
export interface Cast {
  readonly owner: Visitor;
  readonly thief: Visitor;
}

export async function play<C extends Cast>(steps: readonly Step<C>[], cast: C): Promise<void> {
  for (const [index, { tells, plays }] of steps.entries()) {
    tellStep(`${index + 1}. ${tells}`);
    await plays(cast);
  }
}

/** Activates the method; a wrong code does not, the mailed one does. */
export async function setUp(owner: Visitor): Promise<void> {
  await owner.getsCodeBy('type-activate');
  await owner.sees(1);
  await owner.submits('type-verify', wrongCode(owner.code), CODE_INVALID);
  await owner.submits('type-verify', owner.code);
  await owner.sees(2);
}

/** Guesses three times; the code that the owner got before is void then, also for the owner. */
export async function guessUntilVoid({ owner, thief }: Cast, theft: Request, action: Request): Promise<void> {
  await owner.getsCodeBy('trigger');
  for (const guess of [1, 2, 3]) await thief.does(theft, CODE_INVALID, wrongCode(owner.code, guess));
  await owner.does(action, CODE_INVALID, owner.code);
}
