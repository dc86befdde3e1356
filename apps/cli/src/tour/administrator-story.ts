import { resourcesOf } from './answer-body.js';
import type { Request } from './http.js';
import type { Mails } from './mails.js';
import { confirm, deletion, post, referenceOf, register } from './newcomer.js';
import { CODE_MISSING, CREATED, DONE, MFA_MISSING, OK } from './promise.js';
import { setUp, type Cast, type Step } from './story.js';
import { METHOD, type Visitor } from './visitor.js';

/** How many codes are mailed to the administrator in the story. */
export const ADMINISTRATOR_CODES = 1;

const POLICIES = 'mfa-policies';
const REASON = 'Lost access to the mailbox; identity checked by phone';
/** Far from every policy that somebody means; also tells a policy of the tour from others. */
const REQUIRED_FROM = '2099-01-01T00:00:00.000Z';

/** The owner and the thief share an administrator's account. */
export interface AdministratorCast extends Cast {
  readonly customer: Visitor;
  readonly mails: Mails;
}

function removal(customerReference: string): Request {
  const type = 'multi-factor-auth-types';
  const path = `/customers/${customerReference}/${type}/${METHOD}`;
  return { method: 'DELETE', path, body: { data: { type, attributes: { reason: REASON } } } };
}

const newPolicy = (): Request =>
  post(POLICIES, { appliesTo: 'customers', requiredFrom: REQUIRED_FROM, methods: [METHOD] });
const endOfPolicy = (id: string): Request => ({ method: 'DELETE', path: `/${POLICIES}/${id}` });

/** Finds the customer by the e-mail address. */
async function looksUp(owner: Visitor, { account }: Visitor, isMfaEnabled: boolean): Promise<void> {
  const request: Request = { method: 'GET', path: `/customers?q=${encodeURIComponent(account.username)}` };
  await owner.does(request, { ...OK, members: { 'data.0.attributes.isMfaEnabled': isMfaEnabled } });
}

/** The trail says who removed the method, and why. */
async function readsTrail(owner: Visitor, customerReference: string): Promise<void> {
  const filters = { customerReference, event: 'removed' };
  const query = Object.entries(filters).map(([attribute, value]) => `filter[audit-events.${attribute}]=${value}`);
  const members = {
    'data.0.attributes.event': 'removed',
    'data.0.attributes.actor.email': owner.account.username,
    'data.0.attributes.reason': REASON,
  };
  await owner.does({ method: 'GET', path: `/audit-events?${query.join('&')}` }, { ...OK, members });
}

/** Ends what a tour that was broken off has left, with the code of the owner. */
async function endLeftPolicies(owner: Visitor): Promise<void> {
  const answer = await owner.does({ method: 'GET', path: `/${POLICIES}?page[limit]=100` }, OK);
  const left = resourcesOf(answer).filter(({ attributes }) => attributes?.['requiredFrom'] === REQUIRED_FROM);
  for (const { id } of left) await owner.does(endOfPolicy(id ?? ''), DONE, owner.code);
}

export const ADMINISTRATOR_STORY: readonly Step<AdministratorCast>[] = [
  {
    tells: 'A new customer sets MFA up, and then loses the mailbox.',
    plays: async ({ customer, mails }) => {
      await confirm(customer, await register(customer, mails));
      await customer.logsIn();
      await setUp(customer);
    },
  },
  {
    tells:
      'An administrator finds the customer, and may neither remove the method nor require MFA of anybody: that takes ' +
      'MFA of their own. A thief who knows the password of the administrator logs in too.',
    plays: async ({ owner, thief, customer }) => {
      await thief.logsIn();
      await owner.logsIn();
      await looksUp(owner, customer, true);
      await owner.does(removal(await referenceOf(customer)), MFA_MISSING);
      await owner.does(newPolicy(), MFA_MISSING);
    },
  },
  {
    tells: 'The administrator activates the e-mail method. Now a removal needs a code, which the thief does not have.',
    plays: async ({ owner, thief, customer }) => {
      const request = removal(await referenceOf(customer));
      await setUp(owner);
      await endLeftPolicies(owner);
      await owner.does(request, CODE_MISSING);
      await thief.does(request, CODE_MISSING);
    },
  },
  {
    tells:
      'With the code that set MFA up the administrator removes the method, and says why. The customer gets a notice; ' +
      'the audit trail keeps who did it, and the reason.',
    plays: async ({ owner, customer, mails }) => {
      const reference = await referenceOf(customer);
      await mails.removalAfter(customer.account.username, () => owner.does(removal(reference), DONE, owner.code));
      await customer.sees(0);
      await looksUp(owner, customer, false);
      await readsTrail(owner, reference);
    },
  },
  {
    tells: 'They require MFA of all customers from a date on; the customer sees it beforehand. Then they take it back.',
    plays: async ({ owner, thief, customer }) => {
      await thief.does(newPolicy(), CODE_MISSING);
      const policy = await owner.does(newPolicy(), CREATED, owner.code);
      // in the order of their dates
      await customer.sees(0, { 'meta.policies.-1.requiredFrom': REQUIRED_FROM });
      await owner.does(endOfPolicy(resourcesOf(policy)[0]?.id ?? ''), DONE, owner.code);
    },
  },
  {
    tells: 'They deactivate their own method with the same code, and the customer deletes the account.',
    plays: async ({ owner, customer }) => {
      await owner.submits('type-deactivate', owner.code);
      await owner.sees(0);
      await customer.does(deletion(await referenceOf(customer)), DONE);
    },
  },
];
