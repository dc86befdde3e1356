import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { ApiException, GENERIC_ERRORS } from '#json-api';
import { currentClient } from '#platform';
import { FairQueue } from './fair-queue.js';

/** argon2id with 19 MiB and two passes (OWASP Password Storage Cheat Sheet), on libuv's threads. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** No account has this hash; the password behind it was random and is forgotten. */
const DECOY_HASH = '$argon2id$v=19$m=19456,t=2,p=1$3uKe/0mojcZVQEW/jcXX6Q$UMWwO0IX+jXfZHEZ7aYvKEFeHM9rnFm5JxCcWVf9aa8';

const QUEUE_IS_FULL = 'too many passwords wait to be hashed';

/**
 * As many at once as libuv has threads, so that other work is not starved; a queue that is answered in time; and of one
 * client as many as an office has people who log in at the same moment.
 */
const hashing = new FairQueue(
  { atOnce: 4, mostWaiting: 200, mostWaitingOfOne: 50 },
  () => new ApiException(GENERIC_ERRORS.unavailable, {}, QUEUE_IS_FULL),
);
const UNKNOWN_PASSWORD_BYTES = 32;

/** @returns a PHC string with its own salt and parameters */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, PARAMETERS));
}

/** A hash like any other, so that a login takes its usual time; the password behind it is random and is forgotten. */
export function hashUnknownPassword(): Promise<string> {
  return hashPassword(randomBytes(UNKNOWN_PASSWORD_BYTES).toString('base64url'));
}

/**
 * Compares a password with a stored hash; without one the same work is done, so that the time tells nothing.
 *
 * @returns false also for a hash that cannot be read
 */
export async function verifyPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  const matches = await inTurn(() => verify(passwordHash ?? DECOY_HASH, password).catch(() => false));
  return matches && passwordHash !== undefined;
}

/** Rejects with 503 when too many wait already, of this client or in all. */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  return hashing.run(currentClient(), work);
}
