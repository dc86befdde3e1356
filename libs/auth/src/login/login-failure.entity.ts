import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Failed logins with one account name from one client address. */
@Entity('login_failure')
export class LoginFailure {
  /**
   * SHA-256 of kind, name and address. The name is hashed, because people sometimes type their password as the name.
   */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_login_failure' })
  subject!: Buffer;

  @Column('integer', { name: 'failure_count' })
  failureCount!: number;

  @Index('ix_login_failure_end')
  @Column('timestamptz', { name: 'window_ends_at' })
  windowEndsAt!: Date;

  @Column('timestamptz', { name: 'blocked_until', nullable: true })
  blockedUntil!: Date | null;
}
