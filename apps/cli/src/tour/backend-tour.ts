import type { MfaLimits } from '#mfa';
import { BACKEND_CODES, BACKEND_LOGIN, BACKEND_STORY, removeLeftAssignment } from './backend-story.js';
import type { AtLeastOne, DemoAccount, OpenAssignment } from './demo-accounts.js';
import type { Mails } from './mails.js';
import { tellChapter } from './narration.js';
import { prepare } from './preparation.js';
import { findRested } from './rested-account.js';
import { play } from './story.js';
import { Visitor } from './visitor.js';
import type { Walk } from './walk.js';

/** The story with a Back Office user who protects the assignments of warehouses. */
export async function tourBackend(
  walk: Walk,
  mails: Mails,
  users: AtLeastOne<DemoAccount>,
  limits: MfaLimits,
  assignment: OpenAssignment,
): Promise<void> {
  const stage = { walk, mails, login: BACKEND_LOGIN };
  const ownerOf = (user: DemoAccount): Visitor => new Visitor(stage, user, user.firstName);
  tellChapter(`The backend at ${walk.url}`);
  const user = await findRested(users, (one) => prepareUser(ownerOf(one), assignment), {
    mails,
    limits,
    codes: BACKEND_CODES,
  });
  await play(BACKEND_STORY, { owner: ownerOf(user), thief: new Visitor(stage, user, 'Thief'), assignment });
}

async function prepareUser(owner: Visitor, assignment: OpenAssignment): Promise<void> {
  await prepare(owner, []);
  await removeLeftAssignment(owner, assignment);
}
