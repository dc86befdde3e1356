import { expect } from 'vitest';
import type { Choice, Command } from './mfa-command.js';
import type { Value } from './mfa.model-values.js';
import type { MfaModel } from './mfa.model.js';

/**
 * A system under test, with one fresh account. Endpoints answer as the model does, `204` or `403 5901`, and submit
 * `write(value)`, or no header where there is no value.
 */
export interface MfaDriver {
  /** The clock of the system, in whole seconds since 1970, rounded down. */
  now(): number;
  wait(seconds: number): Promise<void>;

  activate(session: string, method: string, value?: Value): Promise<string>;
  verify(session: string, method: string, value?: Value): Promise<string>;
  trigger(session: string, method: string): Promise<string>;
  deactivate(session: string, method: string, value?: Value): Promise<string>;
  order(session: string, value?: Value): Promise<string>;
  login(): Promise<void>;
  endSession(session: string): Promise<void>;
  removeAll(): Promise<void>;
  remove(method: string): Promise<void>;
  unlock(): Promise<void>;

  /** The digits of the code that was sent last. */
  newestCode(): string;
  /**
   * The characters of a value. The driver keeps what a `201` handed out, secrets and lists each counted from 1 in the
   * order in which they came.
   */
  write(value: Value): string;
  status(method: string): Promise<number | undefined>;
  /** How many recovery codes are left, as the list of methods tells it. */
  remaining(): Promise<number | undefined>;
}

const STEP = 30;
const WINDOW_STEPS = [-2, -1, 0, 1, 2];
const FIRST_WRONG_DIGITS = 100_000;

/** What was sent, handed out and submitted so far: from it a choice becomes a value. */
class History {
  /** The newest first. */
  readonly codes: string[] = [];
  secrets = 0;
  lists = 0;
  private readonly submitted: Value[] = [];

  constructor(private readonly driver: MfaDriver) {}

  /** @returns undefined for an absent header; a wrong value where nothing of the kind exists yet */
  valueOf(choice: Choice): Value | undefined {
    if (choice === 'none') return undefined;
    return this.known(choice) ?? { wrong: this.wrong(choice) };
  }

  /** Remembers what is submitted. */
  submit(value: Value): void {
    this.submitted.unshift(value);
  }

  /** Whether the same characters also stand for something else, by chance: six digits are not many. */
  isAmbiguous(value: Value): boolean {
    const text = this.driver.write(value);
    return this.candidates().some((other) => !isSame(other, value) && this.driver.write(other) === text);
  }

  private known(choice: Choice): Value | undefined {
    const { codes, secrets, lists } = this;
    const step = Math.floor(this.driver.now() / STEP);
    const code = (digits: string | undefined): Value | undefined => (digits ? { code: digits } : undefined);
    const totp = (at: number, secret = secrets): Value | undefined => (secret > 0 ? { totp: at, secret } : undefined);
    const values: Partial<Record<Choice, Value | undefined>> = {
      'newest sent': code(codes[0]),
      'older sent': code(codes[1]),
      'totp now': totp(step),
      'totp previous step': totp(step - 1),
      'totp next step': totp(step + 1),
      'totp too old': totp(step - 2),
      'totp too early': totp(step + 2),
      'totp used again': this.submitted.find((value) => 'totp' in value),
      'totp of the older secret': totp(step, secrets - 1),
      'next recovery': this.nextRecovery(),
      'recovery used again': this.submitted.find((value) => 'recovery' in value),
      'recovery of the older list': lists > 1 ? { recovery: 9, list: lists - 1 } : undefined,
    };
    return values[choice];
  }

  /** The first code of the newest list that was not submitted yet, and at last the last one again. */
  private nextRecovery(): Value | undefined {
    if (this.lists === 0) return undefined;
    const list = this.submitted.filter((value) => 'recovery' in value && value.list === this.lists);
    const places = new Set(list.map((value) => ('recovery' in value ? value.recovery : -1)));
    return { recovery: Math.min(places.size, 9), list: this.lists };
  }

  private wrong(choice: Choice): string {
    if (choice === 'nonsense') return 'not a code at all';
    if (choice === 'wrong recovery') return 'ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ';
    const taken = new Set(this.candidates().map((value) => this.driver.write(value)));
    let digits = FIRST_WRONG_DIGITS;
    while (taken.has(String(digits))) digits += 1;
    return String(digits);
  }

  /** All that may be right now, or was once. */
  private candidates(): Value[] {
    const step = Math.floor(this.driver.now() / STEP);
    const ofSecret = WINDOW_STEPS.map((distance): Value => ({ totp: step + distance, secret: this.secrets }));
    const sent = this.codes.map((code): Value => ({ code }));
    return [...sent, ...(this.secrets > 0 ? ofSecret : []), ...this.submitted];
  }
}

/**
 * Performs commands on a system and on the model, and compares each answer, then the statuses and the recovery codes left.
 *
 * @param model a new one; it takes over the time of the driver
 * @returns what was done and answered, one line each
 */
export async function runCommands(
  commands: readonly Command[],
  driver: MfaDriver,
  model: MfaModel,
): Promise<readonly string[]> {
  const history = new History(driver);
  const trace: string[] = [];
  model.now = driver.now();
  for (const command of commands) {
    const value = 'choice' in command ? history.valueOf(command.choice) : undefined;
    if (value && history.isAmbiguous(value)) continue;
    if (value) history.submit(value);
    const expected = performOnModel(command, value, model);
    const answer = await performOnDriver(command, value, driver);
    trace.push(`${Object.values(command).join(' ')} -> ${answer ?? 'done'}`);
    expect(answer, `the last of\n${trace.join('\n')}\nsubmitted ${JSON.stringify(value)}`).toBe(expected);
    noteIssued(command, answer, history, driver, model);
  }
  const story = `after\n${trace.join('\n')}\n`;
  for (const method of model.methods) {
    expect(await driver.status(method), `${story}the status of ${method}`).toBe(model.status(method));
  }
  expect(await driver.remaining(), `${story}the recovery codes left`).toBe(model.remaining());
  return trace;
}

function performOnModel(command: Command, value: Value | undefined, model: MfaModel): string | undefined {
  switch (command.do) {
    case 'activate':
    case 'verify':
    case 'deactivate':
      return model[command.do](command.session, command.method, value);
    case 'trigger':
      return model.trigger(command.session, command.method);
    case 'order':
      return model.order(command.session, value);
    case 'endSession':
      return void model.endSession(command.session);
    case 'remove':
      return void model.remove(command.method);
    case 'wait':
      return void model.wait(command.seconds);
    default:
      return void model[command.do]();
  }
}

async function performOnDriver(
  command: Command,
  value: Value | undefined,
  driver: MfaDriver,
): Promise<string | undefined> {
  switch (command.do) {
    case 'activate':
    case 'verify':
    case 'deactivate':
      return driver[command.do](command.session, command.method, value);
    case 'trigger':
      return driver.trigger(command.session, command.method);
    case 'order':
      return driver.order(command.session, value);
    case 'endSession':
      return void (await driver.endSession(command.session));
    case 'remove':
      return void (await driver.remove(command.method));
    case 'wait':
      return void (await driver.wait(command.seconds));
    default:
      return void (await driver[command.do]());
  }
}

/** Learns from an answer what was sent or handed out with it. */
function noteIssued(
  command: Command,
  answer: string | undefined,
  history: History,
  driver: MfaDriver,
  model: MfaModel,
): void {
  if (command.do !== 'activate' && command.do !== 'trigger') return;
  if (answer === '204' && command.method === model.sends) {
    history.codes.unshift(driver.newestCode());
    model.sent(driver.newestCode());
  }
  if (answer === '201' && command.method === 'totp') history.secrets += 1;
  if (answer === '201' && command.method === 'recovery-code') history.lists += 1;
}

function isSame(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
