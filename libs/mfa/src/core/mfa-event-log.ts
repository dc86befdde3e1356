import { Injectable, Logger } from '@nestjs/common';
import type { Caller } from './caller.js';

export type MfaEvent =
  | 'mfa.activation_begun'
  | 'mfa.activated'
  | 'mfa.deactivated'
  | 'mfa.code_sent'
  | 'mfa.send_failed'
  | 'mfa.step_up_passed'
  | 'mfa.refused';

/** Structured log lines about second factors: account, session, event. Never a code. */
@Injectable()
export class MfaEventLog {
  private readonly logger = new Logger('Mfa');

  record(
    event: MfaEvent,
    { account, sessionId, onBehalfOf }: Caller,
    details: Readonly<Record<string, unknown>> = {},
  ): void {
    const level = event === 'mfa.send_failed' ? 'warn' : 'log';
    const other = onBehalfOf && { actsForKind: onBehalfOf.kind, actsForId: onBehalfOf.id };
    this.logger[level]({ event, accountKind: account.kind, accountId: account.id, sessionId, ...other, ...details });
  }
}
