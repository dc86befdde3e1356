import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique, type Relation } from 'typeorm';
import { LoginSession } from '../sessions/login-session.entity.js';

/** What a browser holds of a login on pages, by the SHA-256 of its cookie's value; it ends with its login session. */
@Entity('page_session')
@Unique('uq_page_session_session', ['sessionId'])
export class PageSession {
  @PrimaryColumn('bytea', { name: 'token_hash', primaryKeyConstraintName: 'pk_page_session' })
  tokenHash!: Buffer;

  @Column('uuid', { name: 'session_id' })
  sessionId!: string;

  @ManyToOne(() => LoginSession, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'fk_page_session_session' })
  session!: Relation<LoginSession>;

  /** The password was right, and a code of a second factor is still missing. */
  @Column('boolean', { name: 'awaits_second_step' })
  awaitsSecondStep!: boolean;

  /** To the minute: not every request writes. */
  @Column('timestamptz', { name: 'last_used_at' })
  lastUsedAt!: Date;

  /** The absolute end, counted from the sign-in. */
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
