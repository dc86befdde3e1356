import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The end of an account's chain of audit entries: what is missing behind it was removed. */
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
