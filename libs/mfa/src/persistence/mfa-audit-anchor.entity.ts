import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * The last archived entry of an account's chain; the entries up to it stand in files. It only moves forward, and the
 * chain of the entries that say what was archived has none.
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

  /** What the next entry's hash begins with. */
  @Column('bytea')
  hash!: Buffer;
}
