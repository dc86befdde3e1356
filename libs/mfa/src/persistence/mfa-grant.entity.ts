import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { MfaAccount } from './mfa-account.entity.js';

/** Opened by the first accepted value in a session: the same value stays valid in this session until the grant ends. */
@Entity('mfa_grant')
export class MfaGrant {
  @PrimaryColumn('text', { name: 'account_kind', primaryKeyConstraintName: 'pk_mfa_grant' })
  accountKind!: string;

  @PrimaryColumn('text', { name: 'account_id', primaryKeyConstraintName: 'pk_mfa_grant' })
  accountId!: string;

  @PrimaryColumn('text', { name: 'session_id', primaryKeyConstraintName: 'pk_mfa_grant' })
  sessionId!: string;

  @ManyToOne(() => MfaAccount, { onDelete: 'CASCADE' })
  @JoinColumn([
    { name: 'account_kind', referencedColumnName: 'accountKind', foreignKeyConstraintName: 'fk_mfa_grant_account' },
    { name: 'account_id', referencedColumnName: 'accountId', foreignKeyConstraintName: 'fk_mfa_grant_account' },
  ])
  account!: Relation<MfaAccount>;

  /** The method of that value. */
  @Column('text')
  method!: string;

  @Column('bytea')
  mac!: Buffer;

  @Column('text', { name: 'key_id' })
  keyId!: string;

  @Column('timestamptz', { name: 'granted_at' })
  grantedAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
