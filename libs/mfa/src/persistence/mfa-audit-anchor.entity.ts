import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * The last archived entry of an account's chain. The entries up to it are in files. It only moves forward. The chain of
 * the `archived` entries has no anchor.
 */
@Entity('mfa_audit_anchor')
@Check('ck_mfa_audit_anchor_kind', `account_kind <> 'operator'`)
export class MfaAuditAnchor {
  @PrimaryColumn('text', { name: 'account_kind', primaryKeyConstraintName: 'pk_mfa_audit_anchor' })
  accountKind!: string;

  @PrimaryColumn('text', { name: 'account_id', primaryKeyConstraintName: 'pk_mfa_audit_anchor' })
  accountId!: string;

  @Column('bigint')
  sequence!: string;

  /** The next entry's hash starts with this hash. */
  @Column('bytea')
  hash!: Buffer;
}
