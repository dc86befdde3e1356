import type { MfaLimits } from '#mfa';
import type { AtLeastOne, DemoAccount } from './demo-accounts.js';
import type { Mails } from './mails.js';
import { tellNote, tellStep } from './narration.js';

export interface Rest {
  readonly mails: Mails;
  /** The send limit of this kind of account. */
  readonly limits: MfaLimits;
  /** How many codes the story needs. */
  readonly codes: number;
}

/**
 * Prepares the accounts in order until one may be sent all codes of the story at once: a tour that follows another one
 * takes the next account instead of waiting for the send limit.
 *
 * @returns that account, or else the first, whose story has to wait
 */
export async function findRested<A extends DemoAccount>(
  accounts: AtLeastOne<A>,
  prepare: (account: A) => Promise<unknown>,
  { mails, limits, codes }: Rest,
): Promise<A> {
  const seconds = limits.sendBurst * limits.sendIntervalSeconds;
  for (const account of accounts) {
    const name = `${account.firstName} ${account.lastName}`;
    tellStep(`Before the story: ${name} must have the demo password, and MFA must be off.`);
    await prepare(account);
    const sent = await mails.countCodes(account.username, seconds);
    if (sent + codes <= limits.sendBurst) return account;
    tellNote(
      `${name} was mailed ${sent} codes in the last ${Math.ceil(seconds / 60)} minutes, close to the send limit.`,
    );
  }
  tellNote('The same is true of every account of this kind: the tour will wait where it must.');
  return accounts[0];
}
