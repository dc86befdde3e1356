import { beforeEach, describe, expect, it } from 'vitest';
import type { Value } from './mfa.model-values.js';
import { MfaModel } from './mfa.model.js';

const START = 30 * 60_000_000;
const WRONG: Value = { wrong: '000000' };

describe('The model of the contract', () => {
  let model: MfaModel;
  let sends: number;

  beforeEach(() => {
    model = new MfaModel(START);
    sends = 0;
  });

  /** Notes the digits of a code that an answer says was sent. */
  const sent = (answer: string): Value => {
    expect(answer).toBe('204');
    sends += 1;
    const code = String(sends);
    model.sent(code);
    return { code };
  };
  const triggered = (session = 'one'): Value => sent(model.trigger(session, 'email'));
  const totp = (distance = 0, secret = 1): Value => ({ totp: Math.floor(model.now / 30) + distance, secret });
  const recovery = (place: number, list = 1): Value => ({ recovery: place, list });
  const withEmail = (session = 'one'): Value => {
    const code = sent(model.activate(session, 'email'));
    expect(model.verify(session, 'email', code)).toBe('204');
    return code;
  };
  const withTotp = (): Value => {
    expect(model.activate('one', 'totp')).toBe('201');
    const value = totp();
    expect(model.verify('one', 'totp', value)).toBe('204');
    return value;
  };
  const withRecoveryCodes = (): Value => {
    const code = withEmail();
    expect(model.activate('one', 'recovery-code', code)).toBe('201');
    return code;
  };
  const misses = (count: number, session = 'one'): string[] =>
    Array.from({ length: count }, () => model.order(session, WRONG));
  const repeated = (count: number, answer: string): string[] => Array.from({ length: count }, () => answer);
  const statuses = (): number[] => model.methods.map((method) => model.status(method));

  describe('2. Errors: the order of the checks', () => {
    it.each<[string, (one: MfaModel) => string, string]>([
      ['verify without a header', (one) => one.verify('one', ''), '403 5900'],
      ['verify without a type', (one) => one.verify('one', '', WRONG), '400 5902'],
      ['verify of an unknown method', (one) => one.verify('one', 'sms', WRONG), '400 5906'],
      ['verify of what was not begun', (one) => one.verify('one', 'email', WRONG), '400 5906'],
      ['deactivate without a header', (one) => one.deactivate('one', 'sms'), '403 5900'],
      ['deactivate without a type', (one) => one.deactivate('one', '', WRONG), '400 5902'],
      ['deactivate of an unknown method', (one) => one.deactivate('one', 'sms', WRONG), '400 5906'],
      ['deactivate of what is not active', (one) => one.deactivate('one', 'totp', WRONG), '400 5906'],
      ['activate without a type', (one) => one.activate('one', ''), '400 5902'],
      ['activate of an unknown method', (one) => one.activate('one', 'sms'), '400 5906'],
      ['activate of recovery codes alone', (one) => one.activate('one', 'recovery-code'), '403 5913'],
      ['trigger without a type', (one) => one.trigger('one', ''), '400 5902'],
      ['trigger of what is not active', (one) => one.trigger('one', 'recovery-code'), '400 5906'],
      ['a protected write without a method', (one) => one.order('one', WRONG), '201'],
    ])('%s', (_, request, answer) => {
      expect(request(model)).toBe(answer);
    });

    it('of an activation beside another method: state, header, lock, code, send limit', () => {
      withTotp();
      expect(model.activate('one', 'totp')).toBe('400 5904');
      expect(model.activate('one', 'email')).toBe('403 5900');
      expect(model.activate('one', 'email', WRONG)).toBe('403 5901');
      misses(9);
      expect(model.activate('one', 'email')).toBe('403 5900');
      expect(model.activate('one', 'email', WRONG)).toBe('429 5911');
      expect(model.activate('one', 'recovery-code', WRONG)).toBe('429 5911');
      expect(model.activate('one', 'totp')).toBe('400 5904');
    });

    it('a code that is right stays used where the send limit refuses, and its grant serves the next try', () => {
      const first = withTotp();
      for (let n = 0; n < 5; n += 1) sent(model.activate('one', 'email', first));
      model.wait(30);
      const next = totp();
      expect(model.activate('one', 'email', next)).toBe('429 5912');
      expect(model.order('two', next)).toBe('403 5901');
      model.wait(30);
      sent(model.activate('one', 'email', next));
    });
  });

  describe('3. Grants', () => {
    it('let one code go through activate, verify, several writes and deactivate', () => {
      const code = withEmail();
      expect(model.order('one', code)).toBe('201');
      expect(model.activate('one', 'totp', code)).toBe('201');
      expect(model.order('one', code)).toBe('201');
      expect(model.deactivate('one', 'email', code)).toBe('204');
      expect(model.order('one')).toBe('201');
    });

    it('last 1800 s from the first use, and reuse does not prolong them', () => {
      const code = withEmail();
      model.wait(1799);
      expect(model.order('one', code)).toBe('201');
      model.wait(1);
      expect(model.order('one', code)).toBe('403 5901');
    });

    it('are of one session: elsewhere the code is wrong, before and after its first use', () => {
      withEmail();
      const code = triggered();
      expect(model.order('two', code)).toBe('403 5901');
      expect(model.order('one', code)).toBe('201');
      expect(model.order('two', code)).toBe('403 5901');
    });

    it('are replaced by the use of a newer code, not by its sending, and not ended by a wrong one', () => {
      const first = withEmail();
      const second = triggered();
      expect(model.order('one', WRONG)).toBe('403 5901');
      expect(model.order('one', first)).toBe('201');
      expect(model.order('one', second)).toBe('201');
      expect(model.order('one', first)).toBe('403 5901');
    });

    it('end with a login, and with the end of their session', () => {
      const code = withEmail();
      const other = triggered('two');
      expect(model.order('two', other)).toBe('201');
      model.endSession('one');
      expect(model.order('one', code)).toBe('403 5901');
      expect(model.order('two', other)).toBe('201');
      model.login();
      expect(model.order('two', other)).toBe('403 5901');
    });

    it('are not good for verify', () => {
      const code = withEmail();
      expect(model.activate('one', 'totp', code)).toBe('201');
      expect(model.verify('one', 'totp', code)).toBe('403 5901');
    });
  });

  describe('3. Purposes', () => {
    it('keep the code of activate for verify of that method, and the code of trigger for everything else', () => {
      const value = withTotp();
      const activation = sent(model.activate('one', 'email', value));
      expect(model.order('one', activation)).toBe('403 5901');
      expect(model.verify('one', 'email', activation)).toBe('204');
      const code = triggered();
      expect(model.verify('one', 'email', code)).toBe('400 5904');
      expect(model.order('one', code)).toBe('201');
    });

    it('keep a value of an active method from the verify of another one', () => {
      const value = withTotp();
      sent(model.activate('one', 'email', value));
      model.wait(30);
      expect(model.verify('one', 'email', totp())).toBe('403 5901');
      expect(model.order('one', totp())).toBe('201');
    });
  });

  describe('4, rule 1. Misses of outstanding codes', () => {
    it('void a code with the third, from any session', () => {
      withEmail();
      const spared = triggered();
      misses(2, 'two');
      expect(model.order('one', spared)).toBe('201');
      const voided = triggered();
      misses(3, 'two');
      expect(model.order('one', voided)).toBe('403 5901');
    });

    it('stay when an administrator unlocks', () => {
      withEmail();
      const code = triggered();
      misses(3);
      model.unlock();
      expect(model.order('one', code)).toBe('403 5901');
    });

    it('do not void a pending TOTP secret', () => {
      model.activate('one', 'totp');
      for (let n = 0; n < 9; n += 1) expect(model.verify('one', 'totp', WRONG)).toBe('403 5901');
      expect(model.verify('one', 'totp', totp())).toBe('204');
    });
  });

  describe('4, rule 4. Sent codes', () => {
    it.each([
      [599, '201'],
      [600, '403 5901'],
    ])('after %i s answer %s', (seconds, answer) => {
      withEmail();
      const code = triggered();
      model.wait(seconds);
      expect(model.order('one', code)).toBe(answer);
    });

    it('are used up by the first use: only the grant takes them again', () => {
      withEmail();
      const first = triggered();
      expect(model.order('one', first)).toBe('201');
      model.endSession('one');
      expect(model.order('one', first)).toBe('403 5901');
      const second = triggered();
      expect(model.order('one', second)).toBe('201');
      model.activate('one', 'totp', second);
      expect(model.verify('one', 'totp', totp())).toBe('204');
      expect(model.order('one', second)).toBe('403 5901');
    });

    it('are void with their method, and do not come back with it', () => {
      const value = withTotp();
      const activation = sent(model.activate('one', 'email', value));
      expect(model.verify('one', 'email', activation)).toBe('204');
      const code = triggered('two');
      expect(model.deactivate('one', 'email', activation)).toBe('204');
      expect(model.order('two', code)).toBe('403 5901');
    });

    it('are void with a newer one, whichever session asks for it', () => {
      withEmail();
      const older = triggered();
      const newer = triggered('two');
      expect(model.order('one', older)).toBe('403 5901');
      expect(model.order('two', newer)).toBe('201');
    });

    it.each<[string, (one: MfaModel) => void]>([
      ['a login', (one) => one.login()],
      ['the end of the session', (one) => one.endSession('one')],
    ])('are void after %s, also those of activate, whose status stays', (_, act) => {
      const code = sent(model.activate('one', 'email'));
      act(model);
      expect(model.verify('one', 'email', code)).toBe('403 5901');
      expect(model.status('email')).toBe(1);
    });
  });

  describe('4, rule 6. The lock', () => {
    it('comes with the tenth miss, for right codes, grants and trigger too; an absent header stays 5900', () => {
      const granted = withEmail();
      expect(misses(10)).toEqual(repeated(10, '403 5901'));
      expect(model.order('one', granted)).toBe('429 5911');
      expect(model.order('two', WRONG)).toBe('429 5911');
      expect(model.trigger('one', 'email')).toBe('429 5911');
      expect(model.deactivate('one', 'email', granted)).toBe('429 5911');
      expect(model.order('one')).toBe('403 5900');
    });

    it('ends after 1800 s; the count stays, and the next miss locks again', () => {
      withEmail();
      misses(10);
      model.wait(1799);
      expect(model.trigger('one', 'email')).toBe('429 5911');
      model.wait(1);
      expect(misses(2)).toEqual(['403 5901', '429 5911']);
      model.wait(1800);
      expect(model.order('one', triggered())).toBe('201');
      expect(misses(10)).toEqual(repeated(10, '403 5901'));
    });

    it('is kept away by a consumed value only: reuse does not reset the count', () => {
      const code = withEmail();
      misses(9);
      expect(model.order('one', code)).toBe('201');
      expect(misses(2)).toEqual(['403 5901', '429 5911']);
    });

    it('also holds for TOTP: activate, trigger and values', () => {
      model.activate('one', 'totp');
      for (let n = 0; n < 10; n += 1) model.verify('one', 'totp', WRONG);
      expect(model.verify('one', 'totp', totp())).toBe('429 5911');
      expect(model.activate('one', 'totp')).toBe('429 5911');
      model.unlock();
      expect(model.verify('one', 'totp', totp())).toBe('204');
      misses(10);
      expect(model.trigger('one', 'totp')).toBe('429 5911');
    });

    it('ends with an unlock, and the count with it', () => {
      const code = withEmail();
      misses(10);
      model.unlock();
      expect(model.order('one', code)).toBe('201');
      expect(misses(11)).toEqual([...repeated(10, '403 5901'), '429 5911']);
    });
  });

  describe('4, rule 7. The send limit', () => {
    it('allows 5 at once, then one a minute', () => {
      withEmail();
      const all = Array.from({ length: 5 }, () => model.trigger('two', 'email'));
      expect(all).toEqual([...repeated(4, '204'), '429 5912']);
      model.wait(59);
      expect(model.trigger('one', 'email')).toBe('429 5912');
      model.wait(1);
      expect(model.trigger('one', 'email')).toBe('204');
      expect(model.trigger('one', 'email')).toBe('429 5912');
    });

    it('voids no older code when it refuses, and sets nothing up', () => {
      withEmail();
      for (let n = 0; n < 3; n += 1) triggered();
      const last = triggered();
      expect(model.trigger('two', 'email')).toBe('429 5912');
      expect(model.order('one', last)).toBe('201');
      expect(model.deactivate('one', 'email', last)).toBe('204');
      expect(model.activate('one', 'email')).toBe('429 5912');
      expect(model.status('email')).toBe(0);
    });

    it('is not used by TOTP and recovery codes', () => {
      const value = withTotp();
      for (let n = 0; n < 9; n += 1) expect(model.trigger('one', 'totp')).toBe('204');
      expect(model.activate('one', 'recovery-code', value)).toBe('201');
      for (let n = 0; n < 9; n += 1) expect(model.trigger('one', 'recovery-code')).toBe('204');
      for (let n = 0; n < 5; n += 1) sent(model.activate('one', 'email', value));
    });
  });

  describe('4, rule 8. Deactivation', () => {
    it('takes a value of the same method, or the grant that it opened, and no other', () => {
      const value = withTotp();
      const activation = sent(model.activate('one', 'email', value));
      expect(model.verify('one', 'email', activation)).toBe('204');
      expect(model.deactivate('one', 'totp', activation)).toBe('403 5901');
      model.wait(30);
      expect(model.deactivate('one', 'email', totp())).toBe('403 5901');
      expect(model.deactivate('one', 'email', activation)).toBe('204');
      expect(statuses()).toEqual([0, 2, 0]);
    });

    it('takes a recovery code for any method, and the grant that it opened', () => {
      withRecoveryCodes();
      expect(model.order('two', recovery(0))).toBe('201');
      expect(model.deactivate('one', 'email', recovery(0))).toBe('403 5901');
      expect(model.deactivate('two', 'email', recovery(0))).toBe('204');
      expect(statuses()).toEqual([0, 0, 0]);
    });

    it('ends the grants of the method in every session, and leaves those of another', () => {
      const byEmail = withEmail();
      model.activate('one', 'totp', byEmail);
      expect(model.verify('two', 'totp', totp())).toBe('204');
      const byTotp = totp();
      expect(model.order('one', byEmail)).toBe('201');
      expect(model.deactivate('one', 'email', byEmail)).toBe('204');
      expect(model.order('one', byEmail)).toBe('403 5901');
      expect(model.order('two', byTotp)).toBe('201');
    });
  });

  describe('4, rule 8. Set-ups begun before another method became active', () => {
    it('are void: a code that was sent', () => {
      const prepared = sent(model.activate('thief', 'email'));
      withTotp();
      expect(model.verify('thief', 'email', prepared)).toBe('403 5901');
      expect(model.status('email')).toBe(1);
    });

    it('are void: a secret that was handed out', () => {
      model.activate('thief', 'totp');
      const code = withEmail();
      expect(model.verify('thief', 'totp', totp())).toBe('403 5901');
      expect(model.status('totp')).toBe(1);
      expect(model.activate('one', 'totp', code)).toBe('201');
      expect(model.verify('one', 'totp', totp(0, 2))).toBe('204');
    });

    it('are not void when a backup becomes active', () => {
      const code = withEmail();
      model.activate('one', 'totp', code);
      expect(model.activate('one', 'recovery-code', code)).toBe('201');
      expect(model.verify('one', 'totp', totp())).toBe('204');
    });
  });

  describe('4, rule 10. Removal by an administrator', () => {
    it('of one method voids all codes and grants, and leaves lock and count while another is active', () => {
      const code = withEmail();
      model.activate('one', 'totp', code);
      model.verify('one', 'totp', totp());
      misses(9);
      model.remove('email');
      expect(model.order('one', totp())).toBe('403 5901');
      expect(model.order('one', totp(1))).toBe('429 5911');
      model.wait(1800);
      expect(model.order('one', totp())).toBe('201');
    });

    it('of all methods ends lock and count: set-up is possible at once', () => {
      withRecoveryCodes();
      misses(10);
      model.removeAll();
      expect(statuses()).toEqual([0, 0, 0]);
      withEmail('two');
      expect(misses(9)).toEqual(repeated(9, '403 5901'));
      expect(model.order('two', triggered('two'))).toBe('201');
    });

    it('of the last other method takes the recovery codes with it', () => {
      withRecoveryCodes();
      model.remove('email');
      expect([...statuses(), model.remaining()]).toEqual([0, 0, 0, undefined]);
    });

    it('voids a TOTP set-up that was begun, and where there is nothing to remove it changes nothing', () => {
      const code = withEmail();
      model.activate('one', 'totp', code);
      model.remove('recovery-code');
      expect(model.order('one', code)).toBe('201');
      model.remove('email');
      expect(model.verify('one', 'totp', totp())).toBe('403 5901');
    });
  });

  describe('5. TOTP', () => {
    it.each([
      [-2, '403 5901'],
      [-1, '204'],
      [0, '204'],
      [1, '204'],
      [2, '403 5901'],
    ])('takes a step at the distance %i: %s', (distance, answer) => {
      model.activate('one', 'totp');
      expect(model.verify('one', 'totp', totp(distance))).toBe(answer);
    });

    it('takes a step only if greater than the last accepted one, over all sessions; verify counts', () => {
      const value = withTotp();
      expect(model.order('one', value)).toBe('201');
      expect(model.order('two', value)).toBe('403 5901');
      expect(model.order('two', totp(-1))).toBe('403 5901');
      expect(model.order('two', totp(1))).toBe('201');
      expect(model.order('two', value)).toBe('403 5901');
      expect(model.order('two', totp(1))).toBe('201');
    });

    it('counts steps for each secret: a new one starts again', () => {
      const value = withTotp();
      expect(model.deactivate('one', 'totp', value)).toBe('204');
      model.activate('one', 'totp');
      expect(model.verify('one', 'totp', totp(0, 1))).toBe('403 5901');
      expect(model.verify('one', 'totp', totp(0, 2))).toBe('204');
    });

    it.each([
      [599, '204'],
      [600, '403 5901'],
    ])('answers to verify of a set-up %i s old: %s', (seconds, answer) => {
      model.activate('one', 'totp');
      model.wait(seconds);
      expect(model.status('totp')).toBe(1);
      expect(model.verify('one', 'totp', totp())).toBe(answer);
    });

    it('takes no value of a pending secret for anything but its verify', () => {
      const code = withEmail();
      model.activate('one', 'totp', code);
      expect(model.order('one', totp())).toBe('403 5901');
      expect(model.deactivate('one', 'email', totp())).toBe('403 5901');
      expect(model.verify('one', 'totp', totp())).toBe('204');
    });

    it('voids the older secret with a new one while pending', () => {
      model.activate('one', 'totp');
      expect(model.activate('two', 'totp')).toBe('201');
      expect(model.verify('one', 'totp', totp(0, 1))).toBe('403 5901');
      expect(model.verify('one', 'totp', totp(0, 2))).toBe('204');
    });

    it('keeps a pending set-up through a login and the end of its session', () => {
      model.activate('one', 'totp');
      model.endSession('one');
      model.login();
      expect(model.verify('two', 'totp', totp())).toBe('204');
    });
  });

  describe('5. Recovery codes', () => {
    it('need a code of an active method, and are active at once', () => {
      expect(model.activate('one', 'recovery-code', WRONG)).toBe('403 5913');
      const code = withEmail();
      expect(model.activate('one', 'recovery-code')).toBe('403 5900');
      expect(model.activate('one', 'recovery-code', WRONG)).toBe('403 5901');
      expect(model.verify('one', 'recovery-code', WRONG)).toBe('400 5906');
      expect(model.activate('one', 'recovery-code', code)).toBe('201');
      expect([...statuses(), model.remaining()]).toEqual([2, 0, 2, 10]);
      expect(model.verify('one', 'recovery-code', recovery(0))).toBe('400 5904');
      expect(model.trigger('one', 'recovery-code')).toBe('204');
    });

    it('are used once, in any session, with a grant like any other code', () => {
      withRecoveryCodes();
      expect(model.order('two', recovery(3))).toBe('201');
      expect(model.order('two', recovery(3))).toBe('201');
      expect(model.order('one', recovery(3))).toBe('403 5901');
      expect(model.remaining()).toBe(9);
    });

    it('are void with a new list, and so are the grants that they opened in other sessions', () => {
      withRecoveryCodes();
      expect(model.order('two', recovery(0))).toBe('201');
      expect(model.order('one', recovery(1))).toBe('201');
      expect(model.activate('one', 'recovery-code', recovery(1))).toBe('201');
      expect(model.order('one', recovery(1))).toBe('201');
      expect(model.order('two', recovery(0))).toBe('403 5901');
      expect(model.order('two', recovery(2))).toBe('403 5901');
      expect(model.order('two', recovery(2, 2))).toBe('201');
      expect(model.remaining()).toBe(9);
    });

    it('are deactivated by one of them, or by a code of any active method', () => {
      const code = withRecoveryCodes();
      expect(model.deactivate('two', 'recovery-code', recovery(0))).toBe('204');
      expect(model.status('recovery-code')).toBe(0);
      expect(model.activate('one', 'recovery-code', code)).toBe('201');
      expect(model.deactivate('one', 'recovery-code', code)).toBe('204');
      expect(model.order('two', recovery(1, 2))).toBe('403 5901');
    });

    it('go with the last other method, with their grants', () => {
      const code = withRecoveryCodes();
      expect(model.order('two', recovery(0))).toBe('201');
      expect(model.deactivate('one', 'email', code)).toBe('204');
      expect(statuses()).toEqual([0, 0, 0]);
      withEmail();
      expect(model.order('two', recovery(0))).toBe('403 5901');
      expect(model.order('two', recovery(1))).toBe('403 5901');
    });

    it('stay a list when the last one is used', () => {
      withRecoveryCodes();
      for (let place = 0; place < 10; place += 1) expect(model.order('two', recovery(place))).toBe('201');
      expect([model.remaining(), model.status('recovery-code')]).toEqual([0, 2]);
    });
  });
});
