import type { DemoCustomer } from './demo-accounts.js';
import type { Request } from './http.js';
import { CODE_INVALID, CODE_MISSING, DONE, SESSION_ENDED } from './promise.js';
import { guessUntilVoid, setUp, type Cast, type Step } from './story.js';
import type { Login } from './visitor.js';

/** Passwords that customers have between the steps; a tour that was broken off may leave one behind. */
export const TOUR_PASSWORDS = ['Harbor-Tour-02!', 'Harbor-Tour-03!'] as const;
/** How many codes are mailed in the story. */
export const STOREFRONT_CODES = 4;

const [SECOND, THIRD] = TOUR_PASSWORDS;
const STOLEN = 'Harbor-Theft-01!';
const WRONG = 'Harbor-Wrong-01!';

export interface StorefrontCast extends Cast {
  readonly customer: DemoCustomer;
}

export const STOREFRONT_LOGIN: Login = {
  request: (username, password) => {
    const type = 'access-tokens';
    return { method: 'POST', path: `/${type}`, body: { data: { type, attributes: { username, password } } } };
  },
  promised: { status: 201 },
};

export function passwordChange({ customerReference }: DemoCustomer, current: string, next: string): Request {
  const type = 'customer-password';
  const attributes = { password: current, newPassword: next, confirmPassword: next };
  return { method: 'PATCH', path: `/${type}/${customerReference}`, body: { data: { type, attributes } } };
}

export const STOREFRONT_STORY: readonly Step<StorefrontCast>[] = [
  {
    tells: 'A customer logs in, and MFA is off: the password changes without any code. That ends the session.',
    plays: async ({ owner, customer }) => {
      await owner.logsIn();
      await owner.sees(0);
      await owner.does(passwordChange(customer, customer.password, SECOND), DONE);
      await owner.isLoggedOut(SESSION_ENDED);
    },
  },
  {
    tells: 'They activate the e-mail method: pending at first, enabled with the mailed code and with no other.',
    plays: async ({ owner }) => {
      await owner.logsIn(SECOND);
      await setUp(owner);
    },
  },
  {
    tells: 'A thief who has the password fails without a code and with guesses. The third guess voids the mailed code.',
    plays: async ({ owner, thief, customer }) => {
      const theft = passwordChange(customer, SECOND, STOLEN);
      await thief.logsIn(SECOND);
      await thief.does(theft, CODE_MISSING);
      await guessUntilVoid({ owner, thief }, theft, passwordChange(customer, SECOND, THIRD));
    },
  },
  {
    tells:
      'One code serves one session: the owner first mistypes the current password, then changes it with the same ' +
      'code, which is worth nothing in the session of the thief.',
    plays: async ({ owner, thief, customer }) => {
      await thief.logsIn(SECOND);
      await owner.logsIn(SECOND);
      await owner.getsCodeBy('trigger');
      await owner.does(passwordChange(customer, WRONG, THIRD), { status: 400, code: '408' }, owner.code);
      await thief.does(passwordChange(customer, SECOND, STOLEN), CODE_INVALID, owner.code);
      await owner.does(passwordChange(customer, SECOND, THIRD), DONE, owner.code);
      await thief.isLoggedOut(SESSION_ENDED);
    },
  },
  {
    tells: 'They deactivate the method with a code, and protected actions are free again: the demo password returns.',
    plays: async ({ owner, customer }) => {
      await owner.logsIn(THIRD);
      await owner.getsCodeBy('trigger');
      await owner.submits('type-deactivate', owner.code);
      await owner.sees(0);
      await owner.does(passwordChange(customer, THIRD, customer.password), DONE);
    },
  },
];
