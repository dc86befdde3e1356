import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The stored answer to a request with an `Idempotency-Key`, for its repetitions. */
@Entity('idempotency_record')
@Index('ix_idempotency_record_counted', ['countedFor', 'expiresAt'])
export class IdempotencyRecord {
  /** SHA-256 of the sender. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_idempotency_record' })
  identity!: Buffer;

  /** For example `POST /checkout`. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_idempotency_record' })
  route!: string;

  /** SHA-256 of the key. */
  @PrimaryColumn('bytea', { name: 'key_hash', primaryKeyConstraintName: 'pk_idempotency_record' })
  keyHash!: Buffer;

  /** SHA-256 of the body as canonical JSON. */
  @Column('bytea', { name: 'request_hash' })
  requestHash!: Buffer;

  /** Null only inside of the transaction that does the work. */
  @Column('jsonb', { nullable: true })
  answer!: object | null;

  /** SHA-256 of whose limit it counts against: the customer, or a guest's client address (for IPv6 the /64). */
  @Column('bytea', { name: 'counted_for', nullable: true })
  countedFor!: Buffer | null;

  @Index('ix_idempotency_record_expiry')
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
