/** Why the database cannot be used now. All of these states can end without a change of the program. */
export type DatabaseFault =
  | 'unreachable'
  | 'refused'
  | 'absent'
  | 'full'
  | 'overloaded'
  | 'stopping'
  | 'readOnly'
  | 'conflict'
  | 'unmigrated'
  | 'unfit';

/** The texts for readiness, the log, and a program that starts. */
export const FAULT_REASONS = {
  unreachable: 'the database cannot be reached',
  refused: 'the database refuses the login',
  absent: 'the database does not exist',
  full: 'too many connections to the database, or it is short of memory or disk',
  overloaded: 'the database is too slow, or a lock is held for too long',
  stopping: 'the database is starting or stopping',
  readOnly: 'the database is read-only',
  conflict: 'the transaction met another one',
  unmigrated: 'migrations are pending',
  unfit: 'the database is not set up as the program needs it',
} as const satisfies Record<DatabaseFault, string>;

/** A bug in the program, or in the validation of data: answered with 500, logged with a stack. */
const BUG = undefined;

/**
 * Every class of SQLSTATE (PostgreSQL, appendix A), and codes that differ from their class. States that end by
 * themselves or that an operator can end are answered with 503. Code that expects the violation of a constraint handles
 * it itself.
 */
const STATES: Readonly<Record<string, DatabaseFault | undefined>> = {
  '00': BUG, // success, warnings and no data are not errors
  '01': BUG,
  '02': BUG,
  '03': BUG,
  '08': 'unreachable', // poolers use it for their own errors too
  '09': BUG,
  '0A': BUG,
  '0B': BUG,
  '0F': BUG,
  '0L': BUG,
  '0P': BUG,
  '0Z': BUG,
  '10': BUG,
  '20': BUG,
  '21': BUG,
  '22': BUG, // values were validated before
  '23': BUG,
  '24': BUG,
  '25': BUG,
  '25006': 'readOnly', // after a failover
  '25P03': 'stopping', // a time limit closed the connection inside a transaction
  '25P04': 'overloaded',
  '26': BUG,
  '27': BUG,
  '28': 'refused',
  '2B': BUG,
  '2D': BUG,
  '2F': BUG,
  '34': BUG,
  '38': BUG,
  '39': BUG,
  '3B': BUG,
  '3D': 'absent',
  '3F': 'unmigrated',
  '40': 'conflict', // deadlocks, serialisation failures
  '40002': BUG, // a deferred constraint
  '42': BUG, // includes missing rights: they do not change by themselves
  '42P01': 'unmigrated',
  '44': BUG,
  '53': 'full',
  '54': BUG,
  '55': BUG,
  '55000': 'refused', // the database accepts no connections
  '55006': 'overloaded',
  '55P03': 'overloaded',
  '57': 'stopping',
  '57014': 'overloaded', // the time limit of a statement
  '57P04': 'absent',
  '58': 'full', // the server's disk
  '58P01': BUG, // a file of an extension is missing
  '72': BUG,
  F0: BUG,
  HV: BUG,
  P0: BUG,
  XX: BUG,
};

const IS_SQL_STATE = /^[0-9A-Z]{5}$/;

/** @returns undefined for a bug, and if the code is not an SQLSTATE */
export function faultOfState(code: string): DatabaseFault | undefined {
  if (!IS_SQL_STATE.test(code)) return undefined;
  return code in STATES ? STATES[code] : STATES[code.slice(0, 2)];
}
