import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { AccountKind } from '../core/account.js';
import { MfaAccount } from './mfa-account.entity.js';

/** An account's enrolment in a method. A method without a row is disabled. */
@Entity('mfa_factor')
@Check('ck_mfa_factor_status', 'status IN (1, 2)')
export class MfaFactor {
  @PrimaryColumn('text', { name: 'account_kind', primaryKeyConstraintName: 'pk_mfa_factor' })
  accountKind!: AccountKind;

  @PrimaryColumn('text', { name: 'account_id', primaryKeyConstraintName: 'pk_mfa_factor' })
  accountId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_mfa_factor' })
  method!: string;

  @ManyToOne(() => MfaAccount, { onDelete: 'CASCADE' })
  @JoinColumn([
    { name: 'account_kind', referencedColumnName: 'accountKind', foreignKeyConstraintName: 'fk_mfa_factor_account' },
    { name: 'account_id', referencedColumnName: 'accountId', foreignKeyConstraintName: 'fk_mfa_factor_account' },
  ])
  account!: Relation<MfaAccount>;

  @Column('smallint')
  status!: number;

  @Column('timestamptz', { name: 'activated_at', nullable: true })
  activatedAt!: Date | null;
}
