import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runCommands, type MfaDriver } from './mfa-command-run.js';
import type { Command } from './mfa-command.js';
import { commands } from './mfa-commands.js';
import type { Value } from './mfa.model-values.js';
import { MfaModel, type Status } from './mfa.model.js';

const START = 1_700_000_000;

/** A second model in the place of a system under test. */
class ModelDriver implements MfaDriver {
  readonly model = new MfaModel(START);
  private sent = 0;

  now = (): number => this.model.now;
  newestCode = (): string => String(this.sent);
  write = (value: Value): string => {
    if ('wrong' in value) return value.wrong;
    return 'code' in value ? value.code : createHash('sha256').update(JSON.stringify(value)).digest('hex');
  };
  status = async (method: string): Promise<Status> => this.model.status(method);
  remaining = async (): Promise<number | undefined> => this.model.remaining();

  activate = async (session: string, method: string, value?: Value): Promise<string> =>
    this.issued(method, this.model.activate(session, method, value));
  verify = async (session: string, method: string, value?: Value): Promise<string> =>
    this.model.verify(session, method, value);
  trigger = async (session: string, method: string): Promise<string> =>
    this.issued(method, this.model.trigger(session, method));
  deactivate = async (session: string, method: string, value?: Value): Promise<string> =>
    this.model.deactivate(session, method, value);
  order = async (session: string, value?: Value): Promise<string> => this.model.order(session, value);

  wait = async (seconds: number): Promise<void> => this.model.wait(seconds);
  login = async (): Promise<void> => this.model.login();
  endSession = async (session: string): Promise<void> => this.model.endSession(session);
  removeAll = async (): Promise<void> => this.model.removeAll();
  remove = async (method: string): Promise<void> => this.model.remove(method);
  unlock = async (): Promise<void> => this.model.unlock();

  private issued(method: string, answer: string): string {
    if (answer !== '204' || method !== 'email') return answer;
    this.sent += 1;
    this.model.sent(String(this.sent));
    return answer;
  }
}

const enroll: readonly Command[] = [
  { do: 'activate', session: 'one', method: 'email', choice: 'none' },
  { do: 'verify', session: 'one', method: 'email', choice: 'newest sent' },
];

/** Every answer of the contract, but those of another account, of a policy and of a mail server that is away. */
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  activate: '201 204 5900 5901 5902 5904 5906 5911 5912 5913'.split(' '),
  verify: '204 5900 5901 5902 5904 5906 5911'.split(' '),
  trigger: '204 5902 5906 5911 5912'.split(' '),
  deactivate: '204 5900 5901 5902 5906 5911'.split(' '),
  order: '201 5900 5901 5911'.split(' '),
};

describe('A run of commands', () => {
  it('finds no difference between the model and itself, and reaches every answer', async () => {
    const reached = new Set<string>();
    const property = fc.asyncProperty(commands(), async (all) => {
      for (const line of await runCommands(all, new ModelDriver(), new MfaModel())) {
        const [, name, answer] = /^(\w+) .*?(\w+)$/.exec(line) ?? [];
        reached.add(`${name} ${answer}`);
      }
    });
    await fc.assert(property, { numRuns: 1000, seed: 1 });
    const answers = Object.entries(ANSWERS).flatMap(([name, all]) => all.map((answer) => `${name} ${answer}`));
    expect([...reached].filter((one) => !one.endsWith(' done')).toSorted()).toEqual(answers.toSorted());
  });

  it.each<[string, (one: ModelDriver) => void, readonly Command[]]>([
    [
      'another answer',
      (one) => (one.order = async () => '201'),
      [...enroll, { do: 'order', session: 'one', choice: 'wrong digits' }],
    ],
    ['another status', (one) => (one.status = async () => 1), enroll],
    ['another number of recovery codes', (one) => (one.remaining = async () => 9), enroll],
  ])('finds %s', async (_, spoil, all) => {
    const driver = new ModelDriver();
    spoil(driver);
    await expect(runCommands(all, driver, new MfaModel())).rejects.toThrow('verify one email newest sent -> 204');
  });
});
