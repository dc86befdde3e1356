import { QueryFailedError } from 'typeorm';
import { UnfitDatabase } from './session-check.js';
import { faultOfState, FAULT_REASONS, type DatabaseFault } from './sql-states.js';

/** Node's error codes for a connection that failed. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** The driver's and TLS's own errors have no reliable code. */
const CONNECTION_MESSAGE =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not connected|server does not support SSL|SSL negotiation|certificate/i;

/** What may be logged and answered about a database that cannot be used now. */
export interface DatabaseFailure {
  readonly fault: DatabaseFault;
  readonly reason: string;
  /** An SQLSTATE or Node's error code. */
  readonly code: string | undefined;
}

/**
 * Distinguishes a database that cannot be used now from a bug.
 *
 * @returns undefined for a bug
 */
export function databaseFailure(error: unknown): DatabaseFailure | undefined {
  if (error instanceof AggregateError) return error.errors.map(databaseFailure).find(Boolean);
  const { driverError, code } = (error ?? {}) as { driverError?: unknown; code?: unknown };
  if (driverError !== undefined && driverError !== error) return databaseFailure(driverError);
  const fault = faultOf(error);
  return fault && { fault, reason: FAULT_REASONS[fault], code: typeof code === 'string' ? code : undefined };
}

function faultOf(error: unknown): DatabaseFault | undefined {
  if (error instanceof UnfitDatabase) return error.code === undefined ? 'unfit' : faultOfState(error.code);
  const { code, message, syscall } = (error ?? {}) as Record<'code' | 'message' | 'syscall', unknown>;
  if (syscall === 'connect') return 'unreachable';
  if (typeof code === 'string') {
    const fault = UNREACHABLE.has(code) ? 'unreachable' : faultOfState(code);
    if (fault) return fault;
  }
  return typeof message === 'string' && CONNECTION_MESSAGE.test(message) ? 'unreachable' : undefined;
}

/** Whether a statement failed because it violates the constraint or unique index of this name. */
export function isViolationOf(error: unknown, constraint: string): boolean {
  return error instanceof QueryFailedError && (error.driverError as { constraint?: unknown }).constraint === constraint;
}
