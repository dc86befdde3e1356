import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { LoginSession } from './login-session.entity.js';

/** A refresh token, stored as SHA-256. Rotated ones are kept, so that a second use is detected. */
@Entity('refresh_token')
export class RefreshToken {
  @PrimaryColumn('bytea', { name: 'token_hash', primaryKeyConstraintName: 'pk_refresh_token' })
  tokenHash!: Buffer;

  @Index('ix_refresh_token_session')
  @Column('uuid', { name: 'session_id' })
  sessionId!: string;

  @ManyToOne(() => LoginSession, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'fk_refresh_token_session' })
  session!: Relation<LoginSession>;

  @Column('timestamptz', { name: 'issued_at' })
  issuedAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'rotated_at', nullable: true })
  rotatedAt!: Date | null;

  /** The chosen company user. Null: the customer's only or default one applies. */
  @Column('uuid', { name: 'company_user_uuid', nullable: true })
  companyUserUuid!: string | null;
}
