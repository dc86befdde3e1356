import { randomBytes } from 'node:crypto';
import { TestClock } from '#testing';
import type { Caller } from '../../src/core/caller.js';
import type { Code } from '../../src/core/code.js';
import { CodeSender } from '../../src/core/code-sender.js';
import { CredentialVault } from '../../src/core/credential-vault.js';
import { DecisionContext } from '../../src/core/decision-context.js';
import { Drafts } from '../../src/core/drafts.js';
import { FactorListService } from '../../src/core/factor-list.service.js';
import { FactorService, type HandedOut } from '../../src/core/factor.service.js';
import type { CodeDelivery, SendsCodes } from '../../src/core/method.js';
import { MethodRegistry } from '../../src/core/method-registry.js';
import { MFA_ERRORS } from '../../src/core/mfa-errors.js';
import { MfaEventLog } from '../../src/core/mfa-event-log.js';
import { MfaException } from '../../src/core/mfa.exception.js';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { resolveOptions } from '../../src/core/mfa.options.js';
import { MfaService } from '../../src/core/mfa.service.js';
import { Recogniser } from '../../src/core/recogniser.js';
import { StepUpService } from '../../src/core/step-up.service.js';
import { RecoveryCodeMethod } from '../../src/methods/recovery-code/recovery-code.method.js';
import { TotpMethod } from '../../src/methods/totp/totp.method.js';
import { HandedOutValues } from '../handed-out-values.js';
import type { MfaDriver } from '../mfa-command-run.js';
import type { Value } from '../mfa.model-values.js';
import { AccountStatesInMemory } from './account-states-in-memory.js';

const ACCOUNT = { kind: 'customer', id: 'DE--1' } as const;
const ADMINISTRATOR = { kind: 'user', id: 'administrator' } as const;

/** Keeps the newest code, as if the person had read it. */
class CourierMethod implements SendsCodes {
  readonly name = 'courier';
  readonly offeredTo = ['customer'] as const;
  readonly amr = ['otp'] as const;
  newest = '';

  async send({ code }: CodeDelivery): Promise<void> {
    this.newest = code;
  }
}

function optionsFor(clock: TestClock) {
  return resolveOptions({
    secrets: [{ id: 'k1', secret: randomBytes(32) }],
    limits: { customer: DEFAULT_LIMITS, user: DEFAULT_LIMITS },
    encryptionKeys: () => [{ id: 'e1', key: randomBytes(32) }],
    delivery: {
      recipientOf: async () => ({ email: 'ada@shop.example', locale: 'en_US' }),
      mailSender: { send: async () => undefined },
    },
    now: clock.now,
  });
}

/** The services of the library as they are, with all of their parts but the database. */
export class ServicesDriver implements MfaDriver {
  private readonly clock = new TestClock();
  private readonly courier = new CourierMethod();
  private readonly handedOut = new HandedOutValues();
  private readonly stepUps: StepUpService;
  private readonly factors: FactorService;
  private readonly list: FactorListService;
  private readonly mfa: MfaService;

  constructor() {
    const options = optionsFor(this.clock);
    const states = new AccountStatesInMemory();
    const log = new MfaEventLog();
    const methods = [this.courier, new TotpMethod({}), new RecoveryCodeMethod()];
    const registry = new MethodRegistry(methods, options);
    const vault = new CredentialVault(registry, options);
    const context = new DecisionContext(registry, log, options);
    const recogniser = new Recogniser(states, vault, options);
    const sender = new CodeSender(states, context, log, options);
    const drafts = new Drafts(recogniser, vault, options);
    this.stepUps = new StepUpService(states, recogniser, registry, context);
    this.factors = new FactorService(states, registry, recogniser, drafts, sender, context, log);
    this.list = new FactorListService(states, registry, recogniser, context);
    // no command asks what the other three repositories know
    this.mfa = new MfaService(
      states,
      undefined as never,
      undefined as never,
      undefined as never,
      registry,
      context,
      options,
    );
  }

  now = (): number => Math.floor(this.clock.now().getTime() / 1000);
  newestCode = (): string => this.courier.newest;
  write = (value: Value): string => this.handedOut.write(value);

  wait = async (seconds: number): Promise<void> => this.clock.advance(seconds);
  login = (): Promise<void> => this.mfa.voidCodesOf(ACCOUNT);
  endSession = (session: string): Promise<void> => this.mfa.voidSession(ACCOUNT, session);
  unlock = async (): Promise<void> => void (await this.mfa.unlock(ACCOUNT, ADMINISTRATOR));
  removeAll = async (): Promise<void> => void (await this.mfa.remove(ACCOUNT, null, ADMINISTRATOR));
  remove = async (method: string): Promise<void> => void (await this.mfa.remove(ACCOUNT, method, ADMINISTRATOR));

  activate = (session: string, method: string, value?: Value): Promise<string> =>
    this.answered(this.factors.activate(callerIn(session), method, this.submitted(value)));
  verify = (session: string, method: string, value?: Value): Promise<string> =>
    answer(this.factors.verify(callerIn(session), method, this.submitted(value)), '204');
  trigger = (session: string, method: string): Promise<string> =>
    this.answered(this.factors.trigger(callerIn(session), method));
  deactivate = (session: string, method: string, value?: Value): Promise<string> =>
    answer(this.factors.deactivate(callerIn(session), method, this.submitted(value)), '204');
  order = (session: string, value?: Value): Promise<string> =>
    answer(this.stepUps.requireCode(callerIn(session), this.submitted(value), 'by-policy'), '201');

  async status(method: string): Promise<number | undefined> {
    return (await this.listed(method))?.status;
  }

  async remaining(): Promise<number | undefined> {
    return (await this.listed('recovery-code'))?.['remaining'] as number | undefined;
  }

  private async listed(method: string) {
    const { factors } = await this.list.list(callerIn('one'));
    return factors.find(({ type }) => type === method);
  }

  private submitted(value: Value | undefined): Code | undefined {
    return value && (this.write(value) as Code);
  }

  /** 201 where something was handed out. */
  private answered(handingOut: Promise<HandedOut>): Promise<string> {
    return answer(
      handingOut.then((attributes) => {
        if (attributes) this.handedOut.take(attributes);
        return attributes ? '201' : '204';
      }),
    );
  }
}

const callerIn = (sessionId: string): Caller => ({ account: ACCOUNT, sessionId });

/** What the API would answer. */
async function answer(work: Promise<unknown>, success?: string): Promise<string> {
  try {
    const result = await work;
    return success ?? String(result);
  } catch (error) {
    if (!(error instanceof MfaException)) throw error;
    const { status, code } = MFA_ERRORS[error.reason];
    return `${status} ${code}`;
  }
}
