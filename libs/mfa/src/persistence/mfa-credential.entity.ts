import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { AccountKind } from '../core/account.js';
import { MfaFactor } from './mfa-factor.entity.js';

/** What a method stores for one enrolment. */
@Entity('mfa_credential')
export class MfaCredential {
  @PrimaryColumn('text', { name: 'account_kind', primaryKeyConstraintName: 'pk_mfa_credential' })
  accountKind!: AccountKind;

  @PrimaryColumn('text', { name: 'account_id', primaryKeyConstraintName: 'pk_mfa_credential' })
  accountId!: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_mfa_credential' })
  id!: string;

  @Column('text')
  method!: string;

  @ManyToOne(() => MfaFactor, { onDelete: 'CASCADE' })
  @JoinColumn([
    { name: 'account_kind', referencedColumnName: 'accountKind', foreignKeyConstraintName: 'fk_mfa_credential_factor' },
    { name: 'account_id', referencedColumnName: 'accountId', foreignKeyConstraintName: 'fk_mfa_credential_factor' },
    { name: 'method', referencedColumnName: 'method', foreignKeyConstraintName: 'fk_mfa_credential_factor' },
  ])
  factor!: Relation<MfaFactor>;

  /** The id of the key that sealed the secret. */
  @Column('text', { name: 'key_id' })
  keyId!: string;

  /** AES-256-GCM: nonce, sealed secret, tag. */
  @Column('bytea')
  sealed!: Buffer;

  /** Public data, such as a public key. */
  @Column('jsonb', { name: 'public_data', nullable: true })
  publicData!: object | null;

  /** The last accepted value of a series: a TOTP time step, or a passkey's signature count. */
  @Column('bigint')
  counter!: string;

  /** The name that the person gave it. */
  @Column('text', { nullable: true })
  name!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;

  /** Until when an unfinished set-up can be verified. Null if it was verified. */
  @Column('timestamptz', { name: 'pending_until', nullable: true })
  pendingUntil!: Date | null;
}
