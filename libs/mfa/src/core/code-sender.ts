import { Inject, Injectable } from '@nestjs/common';
import { AccountStateRepository } from '../persistence/account-state.repository.js';
import type { Recipient } from './account.js';
import type { Caller } from './caller.js';
import type { CodeMac } from './code.js';
import { DecisionContext } from './decision-context.js';
import { decideWithdrawal } from './decisions/issue.js';
import { sendsCodes, type CodeDelivery, type Method } from './method.js';
import { MfaEventLog } from './mfa-event-log.js';
import { MfaException } from './mfa.exception.js';
import { MFA_OPTIONS, type ResolvedMfaOptions } from './mfa.options.js';

/** An issued code. It is valid as soon as it is issued, before it is delivered. */
export interface IssuedMessage
  extends CodeMac, Pick<CodeDelivery, 'code' | 'purpose' | 'occasion' | 'requestedAt' | 'ttlSeconds'> {}

/** Sends issued codes, outside of any transaction. A code that may not have been sent becomes void. */
@Injectable()
export class CodeSender {
  constructor(
    private readonly states: AccountStateRepository,
    private readonly context: DecisionContext,
    private readonly log: MfaEventLog,
    @Inject(MFA_OPTIONS) private readonly options: ResolvedMfaOptions,
  ) {}

  /**
   * Reads the address only after the issue: an address change at the same time either voids the code or is read here
   * (contract: section 4, rule 13).
   *
   * @throws MfaException 5910 if sending failed
   */
  async send(caller: Caller, method: Method, message: IssuedMessage): Promise<void> {
    const { purpose } = message;
    try {
      await this.deliver(caller, method, message);
    } catch (error) {
      await this.withdraw(caller, method, message);
      // the error's message may quote the mail, so only its kind is logged
      const { code: reason, responseCode, name } = (error ?? {}) as Record<string, unknown>;
      const details = { method: method.name, purpose, error: reason ?? name, responseCode };
      this.log.record('mfa.send_failed', caller, details);
      throw new MfaException('sendingFailed');
    }
    this.log.record('mfa.code_sent', caller, { method: method.name, purpose });
  }

  private async deliver(caller: Caller, method: Method, message: IssuedMessage): Promise<void> {
    const { account, origin } = caller;
    const recipient = await this.options.delivery?.recipientOf(account);
    if (!recipient || !sendsCodes(method)) throw new NoRecipient();
    const { code, purpose, occasion, requestedAt, ttlSeconds } = message;
    const signal = AbortSignal.timeout(this.options.sendTimeoutMs);
    const sent = method.send({
      ...{ account, recipient: addressOf(recipient), code, purpose, occasion, requestedAt, ttlSeconds, signal },
      ...(origin && { origin }),
    });
    await Promise.race([sent, aborted(signal)]);
  }

  private async withdraw(caller: Caller, { name }: Method, message: CodeMac): Promise<void> {
    const { subject } = this.context.of(caller);
    await this.states.decide(subject, (state) => decideWithdrawal(state, name, message));
  }
}

class NoRecipient extends Error {
  override readonly name = 'NoRecipient';
}

const addressOf = ({ email, locale }: Recipient): Recipient => ({ email, locale });

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
