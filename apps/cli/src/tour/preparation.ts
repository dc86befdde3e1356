import { ProgramError } from '#platform';
import { tellNote } from './narration.js';
import type { Visitor } from './visitor.js';

/**
 * Brings an account to where the story begins: MFA is off. What a tour that was broken off has left is undone.
 *
 * @param laterPasswords that the account may have instead of its demo password
 * @returns the password that the account has
 * @throws ProgramError when it has none of these
 */
export async function prepare(owner: Visitor, laterPasswords: readonly string[]): Promise<string> {
  const password = await logIn(owner, laterPasswords);
  const status = await owner.looksUpStatus();
  if (status !== 0 || password !== owner.account.password)
    tellNote('A tour was broken off, or somebody changed this: it is undone now.');
  if (status === 1) {
    await owner.getsCodeBy('type-activate');
    await owner.submits('type-verify', owner.code);
  }
  if (status === 2) await owner.getsCodeBy('trigger');
  // the code that verified deactivates too: its grant is alive
  if (status !== 0) await owner.submits('type-deactivate', owner.code);
  return password;
}

async function logIn(owner: Visitor, laterPasswords: readonly string[]): Promise<string> {
  const { username, password: demoPassword } = owner.account;
  for (const password of [demoPassword, ...laterPasswords]) if (await owner.triesToLogIn(password)) return password;
  throw new ProgramError(
    `${username} cannot log in with the demo password ${demoPassword}. ` +
      'Set it back, load the demo data with npm run demo-data, or begin anew with npm run reset.',
  );
}
