import type { DataSource } from 'typeorm';
import { wrongCode } from '#testing';
import { ASKED, GRANTED, type AccountCopy } from './account-copy.js';

/** A request, or something else that changes an account; it answers what became of it. */
export type Writer = (copy: AccountCopy, turn: number, source: DataSource) => Promise<string>;

const ADMINISTRATOR = { kind: 'user', id: 'administrator' } as const;

/** Everybody who writes about an account, at one of two instances. */
export const WRITERS: Readonly<Record<string, Writer>> = {
  'order by the code': (copy, turn) => copy.order(ASKED, copy.known.code, turn),
  'order by a wrong code': (copy, turn) => copy.order(ASKED, wrongCode(copy.known.code), turn),
  'order by the code of another session': (copy, turn) => copy.order('guessing', copy.known.code, turn),
  'order within the grant': (copy, turn) => copy.order(GRANTED, copy.known.granted, turn),
  'order by TOTP': (copy, turn) => copy.order(ASKED, copy.totp(0), turn),
  'order by TOTP elsewhere': (copy, turn) => copy.order('elsewhere', copy.totp(0), turn),
  'order by a recovery code': (copy, turn) => copy.order(ASKED, copy.known.recoveryCodes[0] ?? 'none', turn),
  'activate TOTP within the grant': (copy, turn) => copy.activate(GRANTED, 'totp', copy.known.granted, turn),
  'activate e-mail by the code': (copy, turn) => copy.activate(ASKED, 'email', copy.known.code, turn),
  'activate recovery codes by the code': (copy, turn) => copy.activate(ASKED, 'recovery-code', copy.known.code, turn),
  'activate a method anew': (copy, turn) => copy.activate(ASKED, 'pigeon', undefined, turn),
  'verify TOTP': (copy, turn) => copy.verify(ASKED, 'totp', copy.totp(1), turn),
  'verify e-mail by a wrong code': (copy, turn) => copy.verify(ASKED, 'email', 'a guess', turn),
  trigger: (copy, turn) => copy.trigger(ASKED, 'pigeon', turn),
  'trigger elsewhere': (copy, turn) => copy.trigger('elsewhere', 'pigeon', turn),
  'deactivate by the code': (copy, turn) => copy.deactivate(ASKED, 'pigeon', copy.known.code, turn),
  'deactivate within the grant': (copy, turn) => copy.deactivate(GRANTED, 'pigeon', copy.known.granted, turn),
  'deactivate TOTP by a recovery code': (copy, turn) =>
    copy.deactivate(ASKED, 'totp', copy.known.recoveryCodes[1] ?? 'none', turn),
  'deactivate recovery codes by the code': (copy, turn) =>
    copy.deactivate(ASKED, 'recovery-code', copy.known.code, turn),
  login: async (copy, turn) => done(copy.mfa(turn).voidCodesOf(copy.account)),
  'the end of a session': async (copy, turn) => done(copy.mfa(turn).voidSession(copy.account, ASKED)),
  'a removal of one method': async (copy, turn) =>
    String(await copy.mfa(turn).remove(copy.account, 'pigeon', ADMINISTRATOR)),
  'a removal of all methods': async (copy, turn) =>
    String(await copy.mfa(turn).remove(copy.account, null, ADMINISTRATOR)),
  'an unlock': async (copy, turn) => String(await copy.mfa(turn).unlock(copy.account, ADMINISTRATOR)),
  'the end of the account': (copy, turn, source) =>
    done(source.transaction((manager) => copy.mfa(turn).endAccount(copy.account, copy.account, manager))),
  'a change of address': ({ account, mfa }, turn, source) =>
    done(
      source.transaction((manager) => {
        const change = { account, actor: account, event: 'address-changed', voidsCodes: true } as const;
        return mfa(turn).recordChange(change, manager);
      }),
    ),
};

async function done(work: Promise<unknown>): Promise<string> {
  await work;
  return 'done';
}
