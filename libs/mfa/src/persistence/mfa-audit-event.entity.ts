import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AccountKind } from '../core/account.js';
import type { AuditEvent } from '../core/audit.js';

/** One entry of the audit trail; a trigger gives it its place and its hash, others refuse every change. */
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

  /** The place in the account's chain, from 1 on, without gaps. */
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'pk_mfa_audit_event' })
  sequence!: string;

  @Column('text')
  event!: AuditEvent;

  @Column('timestamptz', { name: 'occurred_at' })
  occurredAt!: Date;

  @Column('text', { nullable: true })
  method!: string | null;

  /** The answer to a request that was refused or blocked, such as `5901`. */
  @Column('text', { name: 'error_code', nullable: true })
  errorCode!: string | null;

  /** Why somebody did it, in their own words. */
  @Column('text', { nullable: true })
  reason!: string | null;

  /** Who did it: `customer`, `user`, or `operator` with the name of the login at the machine. */
  @Column('text', { name: 'actor_kind' })
  actorKind!: AccountKind | 'operator';

  @Column('text', { name: 'actor_id' })
  actorId!: string;

  /** Whom the account acted for: an agent for a customer. */
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

  /** SHA-256 over the hash before it and all of the entry. */
  @Column('bytea')
  hash!: Buffer;
}
