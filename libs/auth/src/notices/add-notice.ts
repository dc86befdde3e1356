import type { EntityManager } from 'typeorm';
import type { Account, Recipient } from '#mfa';
import { addJob } from '#platform';
import { NOTICE_TASK, type Notice } from './notice.js';

/** A change of the account. Entries about second factors create their notices themselves. */
interface AccountEvent {
  readonly account: Account;
  readonly at: Date;
  readonly event: 'password-changed' | 'address-changed';
  /** The old address, if the address was changed. The notice does not contain the new one. */
  readonly to?: Recipient;
}

/** Notifies the person by mail, after the caller's transaction has committed. */
export async function addNotice(manager: EntityManager, { account, at, ...what }: AccountEvent): Promise<void> {
  const notice: Notice = { accountKind: account.kind, accountId: account.id, at: at.toISOString(), ...what };
  await addJob(manager, NOTICE_TASK, notice);
}
