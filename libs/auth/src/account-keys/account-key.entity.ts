import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { AccountKind } from '#mfa';

/** The newest key that was mailed to an account for one purpose. */
@Entity('account_key')
@Unique('uq_account_key_hash', ['keyHash'])
@Check('ck_account_key_kind', `account_kind IN ('customer', 'user')`)
@Check('ck_account_key_purpose', `purpose IN ('confirmation', 'password-restore')`)
export class AccountKey {
  @PrimaryColumn('text', { name: 'account_kind', primaryKeyConstraintName: 'pk_account_key' })
  accountKind!: AccountKind;

  @PrimaryColumn('bigint', { name: 'account_id', primaryKeyConstraintName: 'pk_account_key' })
  accountId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_account_key' })
  purpose!: string;

  /** SHA-256 of the key. Null if it was used or is void. */
  @Column('bytea', { name: 'key_hash', nullable: true })
  keyHash!: Buffer | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  /** The allowance for sends is used up until this moment (theoretical arrival time of a GCRA). */
  @Column('timestamptz', { name: 'sends_until' })
  sendsUntil!: Date;
}
