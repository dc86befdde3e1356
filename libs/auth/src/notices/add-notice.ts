import type { EntityManager } from 'typeorm';
import type { Account, Recipient } from '#mfa';
import { addJob } from '#platform';
import { NOTICE_TASK, type Notice } from './notice.js';

/** A change of the account; entries about second factors bring their notices themselves. */
interface AccountEvent {
  readonly account: Account;
  readonly at: Date;
  readonly event: 'password-changed' | 'address-changed';
  /** The address until now, where the account has it no more; the notice does not tell the new one. */
  readonly to?: Recipient;
}

/** Lets the person know by mail, once the caller's transaction is committed and not before. */
export async function addNotice(manager: EntityManager, { account, at, ...what }: AccountEvent): Promise<void> {
  const notice: Notice = { accountKind: account.kind, accountId: account.id, at: at.toISOString(), ...what };
  await addJob(manager, NOTICE_TASK, notice);
}
