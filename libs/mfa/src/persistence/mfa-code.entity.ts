import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { MfaFactor } from './mfa-factor.entity.js';

/** A code that was issued; its first use turns the row into the grant of its session. */
@Entity('mfa_code')
@Check('ck_mfa_code_purpose', `purpose IN ('activation', 'step-up')`)
@Index('uq_mfa_code_outstanding', ['accountKind', 'accountId', 'method'], {
  unique: true,
  where: 'grant_until IS NULL',
})
export class MfaCode {
  @PrimaryColumn('text', { name: 'account_kind', primaryKeyConstraintName: 'pk_mfa_code' })
  accountKind!: string;

  @PrimaryColumn('text', { name: 'account_id', primaryKeyConstraintName: 'pk_mfa_code' })
  accountId!: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_mfa_code' })
  id!: string;

  @Column('text')
  method!: string;

  @ManyToOne(() => MfaFactor, { onDelete: 'CASCADE' })
  @JoinColumn([
    { name: 'account_kind', referencedColumnName: 'accountKind', foreignKeyConstraintName: 'fk_mfa_code_factor' },
    { name: 'account_id', referencedColumnName: 'accountId', foreignKeyConstraintName: 'fk_mfa_code_factor' },
    { name: 'method', referencedColumnName: 'method', foreignKeyConstraintName: 'fk_mfa_code_factor' },
  ])
  factor!: Relation<MfaFactor>;

  @Column('text', { name: 'session_id' })
  sessionId!: string;

  @Column('text')
  purpose!: string;

  @Column('bytea')
  mac!: Buffer;

  @Column('text', { name: 'key_id' })
  keyId!: string;

  @Column('timestamptz', { name: 'issued_at' })
  issuedAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('bigint', { name: 'misses_at_issue' })
  missesAtIssue!: string;

  @Column('integer', { name: 'activations_at_issue' })
  activationsAtIssue!: number;

  /** Null: not used yet. Set: the end of the grant that the first use opened. */
  @Column('timestamptz', { name: 'grant_until', nullable: true })
  grantUntil!: Date | null;
}
