import type { AccountState } from '../account-state.js';
import type { AuditNote } from '../audit.js';
import type { Changes } from '../changes.js';
import type { CodeMac, CodePurpose } from '../code.js';
import { MFA_ERRORS } from '../mfa-errors.js';
import { after, lockOf, pass, refuse, refuseEnded, type Decision, type Rules } from './decision.js';
import { isActive } from '../account-state.js';

/** A code or a challenge that can be issued. */
export interface Issuable extends CodeMac {
  /** Whether it is sent, and so uses the send allowance. */
  readonly isSent: boolean;
}

/** The changes of an issue, or the moment until which it is blocked. */
export type Issue =
  { readonly changes: Changes; readonly notes: readonly AuditNote[] } | { readonly blockedUntil: Date };

interface Target {
  readonly method: string;
  readonly sessionId: string;
  readonly purpose: CodePurpose;
}

/** Takes one send from the allowance (a GCRA on `sendsUntil`) and replaces the method's older code. */
export function issue(
  { missCount, sendsUntil }: AccountState,
  { method, sessionId, purpose }: Target,
  { isSent, ...mac }: Issuable,
  { now, limits }: Rules,
): Issue {
  const { sendBurst, sendIntervalSeconds, codeTtlSeconds } = limits;
  const nextSendsUntil = after(sendsUntil && sendsUntil > now ? sendsUntil : now, sendIntervalSeconds);
  const allowedFrom = after(nextSendsUntil, -sendBurst * sendIntervalSeconds);
  if (isSent && allowedFrom > now) return { blockedUntil: allowedFrom };
  const life = { issuedAt: now, expiresAt: after(now, codeTtlSeconds), missesAtIssue: missCount };
  return {
    changes: {
      ...(isSent && { counters: { sendsUntil: nextSendsUntil } }),
      issueCode: { ...mac, method, sessionId, purpose, ...life },
      // keeps expired grants of many sessions from piling up
      endGrants: { overAt: now },
    },
    notes: isSent ? [{ event: 'code-sent', method }] : [],
  };
}

/**
 * Decides whether a code of an active method may be issued.
 *
 * @param issuable undefined if the method issues nothing
 * @returns refused with 5906, 5911, 5912, or 5907/5908
 */
export function decideTrigger(
  state: AccountState,
  { method, sessionId }: Omit<Target, 'purpose'>,
  issuable: Issuable | undefined,
  rules: Rules,
): Decision<void> {
  const ended = refuseEnded(state, rules);
  if (ended) return ended;
  if (!isActive(state, method)) return refuse('typeNotFound');
  const until = lockOf(state, rules);
  if (until) return refuse('locked', { method, until });
  if (!issuable) return pass(undefined);
  const issued = issue(state, { method, sessionId, purpose: 'step-up' }, issuable, rules);
  if ('blockedUntil' in issued) return refuse('sendLimit', { method, until: issued.blockedUntil });
  return pass(undefined, issued.changes, issued.notes);
}

/** Voids a code that could not be sent, unless a newer one has replaced it. */
export function decideWithdrawal({ evidence }: AccountState, method: string, { mac }: CodeMac): Decision<void> {
  const isThere = evidence.codes.some((code) => code.method === method && code.mac.equals(mac));
  const note: AuditNote = { event: 'send-failed', method, errorCode: MFA_ERRORS.sendingFailed.code };
  return pass(undefined, isThere ? { endCodes: { methods: [method] } } : undefined, [note]);
}
