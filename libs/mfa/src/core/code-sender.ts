import { Inject, Injectable } from '@nestjs/common';
import { MFA_OPTIONS, type ResolvedMfaOptions } from '../mfa.options.js';
import { CodeRepository, type Issue } from '../persistence/code.repository.js';
import { actorOf, type Caller } from './account.js';
import { drawCode, macOf, type Code, type CodeMac, type CodePurpose } from './code.js';
import type { Method } from './method.js';
import { MfaEventLog } from './mfa-event-log.js';
import type { MfaErrorName } from './mfa-errors.js';
import { MfaRefusal } from './refusal.js';

/** Issues codes and has them sent; a code that was not sent for certain is void. */
@Injectable()
export class CodeSender {
  constructor(
    private readonly codes: CodeRepository,
    private readonly log: MfaEventLog,
    @Inject(MFA_OPTIONS) private readonly options: ResolvedMfaOptions,
  ) {}

  /**
   * @param steppedUp a code of an active method was accepted for this activation
   * @throws MfaRefusal 5904 or 5906 by the method's status, 5900 when another method became active meanwhile, 5911, 5912
   *   with the time of the next send, or 5910 when sending failed
   */
  async issueAndSend(caller: Caller, method: Method, purpose: CodePurpose, steppedUp = false): Promise<void> {
    const { secrets, limits: allLimits, now } = this.options;
    const [signing] = secrets;
    if (!signing) throw new TypeError('a secret for codes is needed');
    const limits = allLimits[caller.account.kind];
    const code = drawCode(limits.codeLength);
    const stored = macOf(signing, caller, method.name, code);
    const at = now();
    const issue = await this.codes.issue({ caller, method: method.name, purpose, steppedUp, stored, limits, now: at });
    if (!issue.issued) throw this.refusal(caller, issue, purpose, at);
    await this.send(caller, method, { code, stored, purpose, ttlSeconds: limits.codeTtlSeconds });
  }

  private async send(
    caller: Caller,
    method: Method,
    { code, stored, purpose, ttlSeconds }: { code: Code; stored: CodeMac; purpose: CodePurpose; ttlSeconds: number },
  ): Promise<void> {
    const signal = AbortSignal.timeout(this.options.sendTimeoutMs);
    try {
      const sent = method.send({ recipient: caller, code, purpose, ttlSeconds, signal });
      await Promise.race([sent, aborted(signal)]);
    } catch (error) {
      const by = { account: caller.account, actor: actorOf(caller), at: this.options.now() };
      await this.codes.withdraw(by, method.name, stored);
      // the error's text may quote the mail: only its kind is told
      const { code: reason, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown };
      this.log.record('mfa.send_failed', caller, {
        method: method.name,
        purpose,
        error: reason ?? (error as Error)?.name,
        responseCode,
      });
      throw new MfaRefusal('sendingFailed');
    }
    this.log.record('mfa.code_sent', caller, { method: method.name, purpose });
  }

  private refusal(caller: Caller, issue: Issue, purpose: CodePurpose, now: Date): MfaRefusal {
    const reason = reasonOf(issue, purpose);
    this.log.record('mfa.refused', caller, { reason });
    const at = { locked: issue.lockedUntil, sendLimit: issue.sendAllowedAt }[reason as 'locked' | 'sendLimit'];
    return new MfaRefusal(reason, at ? { at, now } : undefined);
  }
}

/** Why a code was not issued, in the order of the contract's checks. */
function reasonOf({ isDue, needsCode, lockedUntil }: Issue, purpose: CodePurpose): MfaErrorName {
  if (!isDue) return purpose === 'activation' ? 'alreadyActivated' : 'typeNotFound';
  if (needsCode) return 'codeMissing';
  return lockedUntil ? 'locked' : 'sendLimit';
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
