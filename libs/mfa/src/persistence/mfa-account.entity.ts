import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AccountKind } from '../core/account.js';

/**
 * An account's revision and counters. Every change of its second factor raises the revision, and so locks this row
 * first.
 */
@Entity('mfa_account')
export class MfaAccount {
  @PrimaryColumn('text', { name: 'account_kind', primaryKeyConstraintName: 'pk_mfa_account' })
  accountKind!: AccountKind;

  @PrimaryColumn('text', { name: 'account_id', primaryKeyConstraintName: 'pk_mfa_account' })
  accountId!: string;

  /** Raised by every change of the account's second factor. */
  @Column('bigint', { default: 0 })
  revision!: string;

  /** All wrong values so far. A code stores this count at its issue; the difference is the number of its misses. */
  @Column('bigint', { name: 'miss_count', default: 0 })
  missCount!: string;

  /** Wrong values since the last accepted one. */
  @Column('integer', { name: 'failure_count', default: 0 })
  failureCount!: number;

  @Column('timestamptz', { name: 'locked_until', nullable: true })
  lockedUntil!: Date | null;

  /** The allowance for sends is used up until this moment (theoretical arrival time of a GCRA). */
  @Column('timestamptz', { name: 'sends_until', nullable: true })
  sendsUntil!: Date | null;

  /** When the account was ended for good. After that nothing can be set up for it. */
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}
