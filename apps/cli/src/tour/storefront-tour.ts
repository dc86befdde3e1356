import type { MfaLimits } from '#mfa';
import type { AtLeastOne, DemoCustomer } from './demo-accounts.js';
import type { Mails } from './mails.js';
import { tellChapter } from './narration.js';
import { prepare } from './preparation.js';
import { DONE } from './promise.js';
import { findRested } from './rested-account.js';
import { play } from './story.js';
import {
  passwordChange,
  STOREFRONT_CODES,
  STOREFRONT_LOGIN,
  STOREFRONT_STORY,
  TOUR_PASSWORDS,
} from './storefront-story.js';
import { Visitor } from './visitor.js';
import type { Walk } from './walk.js';

/** The story with a customer who protects the password. */
export async function tourStorefront(
  walk: Walk,
  mails: Mails,
  customers: AtLeastOne<DemoCustomer>,
  limits: MfaLimits,
): Promise<void> {
  const stage = { walk, mails, login: STOREFRONT_LOGIN };
  const ownerOf = (customer: DemoCustomer): Visitor => new Visitor(stage, customer, customer.firstName);
  tellChapter(`The storefront at ${walk.url}`);
  const customer = await findRested(customers, (one) => prepareCustomer(ownerOf(one), one), {
    mails,
    limits,
    codes: STOREFRONT_CODES,
  });
  await play(STOREFRONT_STORY, { owner: ownerOf(customer), thief: new Visitor(stage, customer, 'Thief'), customer });
}

async function prepareCustomer(owner: Visitor, customer: DemoCustomer): Promise<void> {
  const password = await prepare(owner, TOUR_PASSWORDS);
  if (password !== customer.password) await owner.does(passwordChange(customer, password, customer.password), DONE);
}
