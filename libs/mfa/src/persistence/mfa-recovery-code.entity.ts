import { Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { MfaAccount } from './mfa-account.entity.js';

/** The digest of an unused recovery code. */
@Entity('mfa_recovery_code')
export class MfaRecoveryCode {
  @PrimaryColumn('text', { name: 'account_kind', primaryKeyConstraintName: 'pk_mfa_recovery_code' })
  accountKind!: string;

  @PrimaryColumn('text', { name: 'account_id', primaryKeyConstraintName: 'pk_mfa_recovery_code' })
  accountId!: string;

  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_mfa_recovery_code' })
  digest!: Buffer;

  @ManyToOne(() => MfaAccount, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'account_kind',
      referencedColumnName: 'accountKind',
      foreignKeyConstraintName: 'fk_mfa_recovery_code_account',
    },
    { name: 'account_id', referencedColumnName: 'accountId', foreignKeyConstraintName: 'fk_mfa_recovery_code_account' },
  ])
  account!: Relation<MfaAccount>;
}
