import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import { MailQueue } from './mail-queue.js';
import type { Mail } from './mailer.js';

const MAIL: Mail = { to: 'ada@example.test', subject: 'Hello', text: 'Text', html: '<p>Text</p>', language: 'en' };

/** A queue without pauses, whose mail server answers each attempt in turn, the last answer for ever. */
function queueWith(answers: readonly (Error | undefined)[], pausesMs: readonly number[] = [0, 0]) {
  const sent: Mail[] = [];
  const state = { attempts: 0, atOnce: 0, mostAtOnce: 0 };
  const send = async (mail: Mail): Promise<void> => {
    const answer = answers[Math.min(state.attempts, answers.length - 1)];
    state.attempts += 1;
    state.atOnce += 1;
    state.mostAtOnce = Math.max(state.mostAtOnce, state.atOnce);
    await new Promise(setImmediate);
    state.atOnce -= 1;
    if (answer) throw answer;
    sent.push(mail);
  };
  return { queue: new MailQueue({ send }, pausesMs), sent, state };
}

const away = (): Error => Object.assign(new Error('connect'), { code: 'ECONNECTION' });
const refused = (): Error => Object.assign(new Error(`no mailbox ${MAIL.to}`), { responseCode: 550 });

describe('The mail queue', () => {
  let logged: MockInstance<Logger['error']>;

  beforeEach(() => {
    logged = vi.spyOn(Logger.prototype, 'error').mockReturnValue();
  });
  afterEach(() => logged.mockRestore());

  it('starts nothing before the caller goes on', async () => {
    const { queue, sent } = queueWith([undefined]);
    let isWritten = false;
    queue.add(() => {
      isWritten = true;
      return Promise.resolve(MAIL);
    });
    await Promise.resolve();
    expect(isWritten).toBe(false);
    await queue.idle();
    expect([isWritten, sent]).toEqual([true, [MAIL]]);
  });

  it('tries again when the mail server is away', async () => {
    const { queue, sent, state } = queueWith([away(), away(), undefined]);
    queue.add(() => Promise.resolve(MAIL));
    await queue.idle();
    expect([sent.length, state.attempts]).toEqual([1, 3]);
  });

  it('gives up after its last attempt, and at once when the server refuses for good', async () => {
    const later = queueWith([away()]);
    const never = queueWith([refused()]);
    for (const { queue } of [later, never]) queue.add(() => Promise.resolve(MAIL));
    await Promise.all([later.queue.idle(), never.queue.idle()]);
    expect([later.state.attempts, never.state.attempts]).toEqual([3, 1]);
    expect(logged.mock.calls.map(([line]) => line)).toEqual(
      expect.arrayContaining([
        { event: 'mail.failed', error: 'Error', code: 'ECONNECTION', responseCode: undefined },
        { event: 'mail.failed', error: 'Error', code: undefined, responseCode: 550 },
      ]),
    );
  });

  it('goes on when a mail cannot be written, and sends nothing where there is nothing to send', async () => {
    const { queue, sent } = queueWith([undefined]);
    queue.add(() => Promise.reject(new Error('no database')));
    queue.add(() => Promise.resolve(undefined));
    queue.add(() => Promise.resolve(MAIL));
    await queue.idle();
    expect(sent).toEqual([MAIL]);
  });

  it('sends five at once', async () => {
    const { queue, sent, state } = queueWith([undefined]);
    for (let n = 0; n < 20; n += 1) queue.add(() => Promise.resolve(MAIL));
    await queue.idle();
    expect([sent.length, state.mostAtOnce]).toEqual([20, 5]);
  });

  it('keeps a thousand mails and no more', async () => {
    const { queue, sent } = queueWith([undefined]);
    for (let n = 0; n < 1100; n += 1) queue.add(() => Promise.resolve(MAIL));
    await queue.idle();
    expect(sent.length).toBe(1000);
  });

  it('cuts its pauses short when the application stops', async () => {
    const { queue, sent, state } = queueWith([away(), undefined], [3_600_000]);
    queue.add(() => Promise.resolve(MAIL));
    await vi.waitFor(() => expect([state.attempts, state.atOnce]).toEqual([1, 0]));
    await queue.beforeApplicationShutdown();
    expect([sent.length, state.attempts]).toEqual([1, 2]);
  });
});
