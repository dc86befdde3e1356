import type { EntityManager } from 'typeorm';
import { addJob } from '#platform';
import type { Account } from '../accounts/account.js';
import type { NoticeRecipient } from './notice-recipients.repository.js';
import { NOTICE_TASK, type Notice } from './notice.js';

/** What is not in the audit trail of second factors, whose entries bring their notices themselves. */
type AccountEvent = { readonly account: Account; readonly at: Date } & (
  | { readonly event: 'password-changed' }
  /** `to` is the address until now, which the account has no more; the notice does not tell the new one. */
  | { readonly event: 'address-changed'; readonly to: NoticeRecipient }
);

/** Lets the person know by mail, once the caller's transaction is committed and not before. */
export async function addNotice(within: EntityManager, { account, at, ...what }: AccountEvent): Promise<void> {
  const notice: Notice = { accountKind: account.kind, accountId: account.id, at: at.toISOString(), ...what };
  await addJob(within, NOTICE_TASK, notice);
}
