import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { ApiException, GENERIC_ERRORS } from '#json-api';
import { currentClient } from '#platform';
import { FairQueue } from './fair-queue.js';

/** argon2id with 19 MiB and two passes (OWASP Password Storage Cheat Sheet), on libuv's threads. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** No account has this hash. Its password was random and was not stored. */
const DECOY_HASH = '$argon2id$v=19$m=19456,t=2,p=1$3uKe/0mojcZVQEW/jcXX6Q$UMWwO0IX+jXfZHEZ7aYvKEFeHM9rnFm5JxCcWVf9aa8';

const QUEUE_IS_FULL = 'too many passwords wait to be hashed';

/**
 * Four at once, because libuv has four threads and other work needs them too. The total is a queue that can be worked
 * off in time. The limit of one client allows an office where many people log in at the same moment.
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

/** A hash like any other, so that a login takes the usual time. Its password is random and is not stored. */
export function hashUnknownPassword(): Promise<string> {
  return hashPassword(randomBytes(UNKNOWN_PASSWORD_BYTES).toString('base64url'));
}

/**
 * Compares a password with a stored hash. Without a hash the same work is done, so that the response time tells
 * nothing.
 *
 * @returns false also if the hash cannot be read
 */
export async function verifyPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  const matches = await inTurn(() => verify(passwordHash ?? DECOY_HASH, password).catch(() => false));
  return matches && passwordHash !== undefined;
}

/** Rejects with 503 if too many passwords are waiting, of this client or in total. */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  return hashing.run(currentClient(), work);
}
