import { statement } from '#sql';

/** Waits for another transaction with the same key. Replaces an expired record. */
export const CLAIM_KEY = statement(
  'idempotency_claim',
  `
    INSERT INTO idempotency_record AS r (identity, route, key_hash, request_hash, counted_for, expires_at)
    VALUES (:identity, :route, :keyHash, :requestHash, :countedFor, :expiresAt)
    ON CONFLICT ON CONSTRAINT pk_idempotency_record
      DO UPDATE SET request_hash = excluded.request_hash, counted_for = excluded.counted_for,
        expires_at = excluded.expires_at, answer = NULL
      WHERE r.expires_at <= :now
    RETURNING true AS claimed`,
);

export const SWEEP_RECORDS = statement(
  'idempotency_sweep',
  `
    DELETE FROM idempotency_record WHERE (identity, route, key_hash) IN (
      SELECT identity, route, key_hash FROM idempotency_record
      WHERE expires_at <= :now ORDER BY expires_at LIMIT 2 FOR UPDATE SKIP LOCKED)`,
);
