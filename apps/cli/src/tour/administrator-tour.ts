import type { MfaLimits } from '#mfa';
import { ADMINISTRATOR_CODES, ADMINISTRATOR_STORY } from './administrator-story.js';
import { BACKEND_LOGIN } from './backend-story.js';
import type { AtLeastOne, DemoAccount } from './demo-accounts.js';
import type { Mails } from './mails.js';
import { tellChapter } from './narration.js';
import { newNewcomer } from './newcomer.js';
import { prepare } from './preparation.js';
import { findRested } from './rested-account.js';
import { STOREFRONT_LOGIN } from './storefront-story.js';
import { play } from './story.js';
import { Visitor } from './visitor.js';
import type { Walk } from './walk.js';

interface Places {
  readonly storefront: Walk;
  readonly backend: Walk;
  readonly mails: Mails;
}

/** The story of an administrator who helps a customer; the customer is a new one. */
export async function tourAdministrator(
  { storefront, backend, mails }: Places,
  administrators: AtLeastOne<DemoAccount>,
  limits: MfaLimits,
): Promise<void> {
  const stage = { walk: backend, mails, login: BACKEND_LOGIN };
  const ownerOf = (user: DemoAccount): Visitor => new Visitor(stage, user, user.firstName);
  const newcomer = newNewcomer();
  tellChapter(`An administrator at ${backend.url}`);
  const user = await findRested(administrators, (one) => prepare(ownerOf(one), []), {
    mails,
    limits,
    codes: ADMINISTRATOR_CODES,
  });
  const customer = new Visitor({ walk: storefront, mails, login: STOREFRONT_LOGIN }, newcomer, newcomer.firstName);
  await play(ADMINISTRATOR_STORY, { owner: ownerOf(user), thief: new Visitor(stage, user, 'Thief'), customer, mails });
}
