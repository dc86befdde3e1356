import type { Offer } from './demo-accounts.js';
import type { Mails } from './mails.js';
import { tellChapter } from './narration.js';
import { newNewcomer } from './newcomer.js';
import { ORDER_STORY } from './order-story.js';
import { play } from './story.js';
import { STOREFRONT_LOGIN } from './storefront-story.js';
import { Visitor } from './visitor.js';
import type { Walk } from './walk.js';

/** The story of a new customer, from the registration to an order; every tour brings its own. */
export async function tourOrder(walk: Walk, mails: Mails, offer: Offer): Promise<void> {
  const stage = { walk, mails, login: STOREFRONT_LOGIN };
  const newcomer = newNewcomer();
  tellChapter(`A new customer at ${walk.url}`);
  const owner = new Visitor(stage, newcomer, newcomer.firstName);
  await play(ORDER_STORY, { owner, thief: new Visitor(stage, newcomer, 'Thief'), offer, mails });
}
