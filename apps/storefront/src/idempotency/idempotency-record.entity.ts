import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a request with an `Idempotency-Key` was answered, for those that repeat it. */
@Entity('idempotency_record')
@Index('ix_idempotency_record_counted', ['countedFor', 'expiresAt'])
export class IdempotencyRecord {
  /** SHA-256 of who sent it. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_idempotency_record' })
  identity!: Buffer;

  /** Such as `POST /checkout`. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_idempotency_record' })
  route!: string;

  /** SHA-256 of the key. */
  @PrimaryColumn('bytea', { name: 'key_hash', primaryKeyConstraintName: 'pk_idempotency_record' })
  keyHash!: Buffer;

  /** SHA-256 of the body, with its members in one order. */
  @Column('bytea', { name: 'request_hash' })
  requestHash!: Buffer;

  /** Null only within the transaction that does the work. */
  @Column('jsonb', { nullable: true })
  answer!: object | null;

  /** SHA-256 of whom it counts for: the customer, or the client address of a guest, of IPv6 the /64. */
  @Column('bytea', { name: 'counted_for', nullable: true })
  countedFor!: Buffer | null;

  @Index('ix_idempotency_record_expiry')
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
