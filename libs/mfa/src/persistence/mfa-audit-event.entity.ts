import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AccountKind } from '../core/account.js';
import type { AuditEvent } from '../core/audit.js';

/** An entry of the audit trail. A trigger sets sequence and hash; other triggers refuse every change. */
@Entity('mfa_audit_event')
@Index('ix_mfa_audit_event_time', ['occurredAt', 'accountKind', 'accountId', 'sequence'])
@Index('ix_mfa_audit_event_event', { synchronize: false })
@Index('ix_mfa_audit_event_error', { synchronize: false })
@Index('ix_mfa_audit_event_method', { synchronize: false })
@Index('ix_mfa_audit_event_actor', { synchronize: false })
@Index('ix_mfa_audit_event_session', { synchronize: false })
@Index('ix_mfa_audit_event_request', { synchronize: false })
@Index('ix_mfa_audit_event_address', { synchronize: false })
export class MfaAuditEvent {
  @PrimaryColumn('text', { name: 'account_kind', primaryKeyConstraintName: 'pk_mfa_audit_event' })
  accountKind!: AccountKind | 'operator';

  @PrimaryColumn('text', { name: 'account_id', primaryKeyConstraintName: 'pk_mfa_audit_event' })
  accountId!: string;

  /** The number in the account's chain: from 1, without gaps. */
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'pk_mfa_audit_event' })
  sequence!: string;

  @Column('text')
  event!: AuditEvent;

  @Column('timestamptz', { name: 'occurred_at' })
  occurredAt!: Date;

  @Column('text', { nullable: true })
  method!: string | null;

  /** The error code of a refused or blocked request, such as `5901`. */
  @Column('text', { name: 'error_code', nullable: true })
  errorCode!: string | null;

  /** The reason in the actor's own words. */
  @Column('text', { nullable: true })
  reason!: string | null;

  /** `customer`, `user`, or `operator`; an operator's id is the login name at the machine. */
  @Column('text', { name: 'actor_kind' })
  actorKind!: AccountKind | 'operator';

  @Column('text', { name: 'actor_id' })
  actorId!: string;

  /** The account that the actor acted for: an agent acts for a customer. */
  @Column('text', { name: 'acts_for_kind', nullable: true })
  actsForKind!: AccountKind | null;

  @Column('text', { name: 'acts_for_id', nullable: true })
  actsForId!: string | null;

  @Column('text', { name: 'session_id', nullable: true })
  sessionId!: string | null;

  @Column('text', { name: 'request_id', nullable: true })
  requestId!: string | null;

  @Column('text', { name: 'client_address', nullable: true })
  clientAddress!: string | null;

  @Column('jsonb', { nullable: true })
  details!: object | null;

  /** SHA-256 over the previous hash and the whole entry. */
  @Column('bytea')
  hash!: Buffer;
}
