import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { AccountKind } from '#mfa';

/** One login. Its id is the `sid` claim of its access tokens, also after a refresh. */
@Entity('login_session')
@Check('ck_login_session_kind', `account_kind IN ('customer', 'user')`)
@Check('ck_login_session_agent_session', '(agent_id IS NULL) = (agent_session_id IS NULL)')
@Check('ck_login_session_agent', `agent_id IS NULL OR account_kind = 'customer'`)
@Check('ck_login_session_warehouse', `warehouse_uuid IS NULL OR account_kind = 'user'`)
@Check('ck_login_session_user_agent', 'char_length(user_agent) <= 256')
@Index('ix_login_session_account', ['accountKind', 'accountId'])
export class LoginSession {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_login_session' })
  id!: string;

  @Column('text', { name: 'account_kind' })
  accountKind!: AccountKind;

  @Column('bigint', { name: 'account_id' })
  accountId!: string;

  /** The user who acts for the customer. Null if the account itself logged in. */
  @Index('ix_login_session_agent', { where: 'agent_id IS NOT NULL' })
  @Column('bigint', { name: 'agent_id', nullable: true })
  agentId!: string | null;

  /** The agent's own session in which this one was opened. When it ends, this one ends too. */
  @Index('ix_login_session_agent_session', { where: 'agent_session_id IS NOT NULL' })
  @Column('uuid', { name: 'agent_session_id', nullable: true })
  agentSessionId!: string | null;

  @ManyToOne(() => LoginSession, { onDelete: 'CASCADE', nullable: true })
  @JoinColumn({ name: 'agent_session_id', foreignKeyConstraintName: 'fk_login_session_agent_session' })
  agentSession!: Relation<LoginSession> | null;

  /** The warehouse that the session's tokens represent instead of the account. */
  @Column('uuid', { name: 'warehouse_uuid', nullable: true })
  warehouseUuid!: string | null;

  /** The app that the session was opened for. */
  @Column('text')
  audience!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** Where it was opened; null once it ended, and for sessions older than this column. Shown to the account alone. */
  @Column('text', { name: 'client_address', nullable: true })
  clientAddress!: string | null;

  /** The beginning of the header `User-Agent`. */
  @Column('text', { name: 'user_agent', nullable: true })
  userAgent!: string | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}
