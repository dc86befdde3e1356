import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An account's counters: the row that every decision about the account locks first. */
@Entity('mfa_account')
export class MfaAccount {
  @PrimaryColumn('text', { name: 'account_kind', primaryKeyConstraintName: 'pk_mfa_account' })
  accountKind!: string;

  @PrimaryColumn('text', { name: 'account_id', primaryKeyConstraintName: 'pk_mfa_account' })
  accountId!: string;

  /** Wrong values ever; a code remembers the count at its issue, the difference is its misses. */
  @Column('bigint', { name: 'miss_count', default: 0 })
  missCount!: string;

  /** Wrong values since a code was consumed. */
  @Column('integer', { name: 'failure_count', default: 0 })
  failureCount!: number;

  /** Methods that were ever activated; an activation code remembers the count at its issue, and is void after the next. */
  @Column('integer', { name: 'activation_count', default: 0 })
  activationCount!: number;

  @Column('timestamptz', { name: 'locked_until', nullable: true })
  lockedUntil!: Date | null;

  /** The moment until which sends are used up (theoretical arrival time of a GCRA). */
  @Column('timestamptz', { name: 'sends_until', nullable: true })
  sendsUntil!: Date | null;
}
