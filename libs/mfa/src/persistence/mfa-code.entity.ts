import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { MfaFactor } from './mfa-factor.entity.js';

/** An issued, unused code or challenge. A newer one of the same method replaces it. */
@Entity('mfa_code')
@Check('ck_mfa_code_purpose', `purpose IN ('activation', 'step-up')`)
export class MfaCode {
  @PrimaryColumn('text', { name: 'account_kind', primaryKeyConstraintName: 'pk_mfa_code' })
  accountKind!: string;

  @PrimaryColumn('text', { name: 'account_id', primaryKeyConstraintName: 'pk_mfa_code' })
  accountId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_mfa_code' })
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
}
