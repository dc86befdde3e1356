import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last entry of an account's chain. It shows whether the newest entries were removed. */
@Entity('mfa_audit_chain')
export class MfaAuditChain {
  @PrimaryColumn('text', { name: 'account_kind', primaryKeyConstraintName: 'pk_mfa_audit_chain' })
  accountKind!: string;

  @PrimaryColumn('text', { name: 'account_id', primaryKeyConstraintName: 'pk_mfa_audit_chain' })
  accountId!: string;

  @Column('bigint')
  sequence!: string;

  @Column('bytea')
  hash!: Buffer;
}
