import type { EntityManager } from 'typeorm';
import type { Account, Actor, Recipient } from '#mfa';
import { addJob } from '#platform';
import { NOTICE_TASK, type Notice } from './notice.js';

/** A change of the account. Entries about second factors create their notices themselves. */
interface AccountEvent {
  readonly account: Account;
  readonly actor: Actor;
  readonly at: Date;
  readonly event: 'password-changed' | 'address-changed';
  /** The old address, if the address was changed. The notice does not contain the new one. */
  readonly to?: Recipient;
}

/** Notifies the person by mail, after the caller's transaction has committed. */
export async function addNotice(
  manager: EntityManager,
  { account: { kind, id }, actor, at, ...what }: AccountEvent,
): Promise<void> {
  const isOwn = actor.kind === kind && actor.id === id;
  // where an administrator sits is not for the person to know
  const clientAddress = isOwn ? actor.origin?.clientAddress : undefined;
  const notice = { accountKind: kind, accountId: id, at: at.toISOString(), ...what, clientAddress } satisfies Notice;
  await addJob(manager, NOTICE_TASK, notice);
}
