import { hash, verify } from '@node-rs/argon2';

/** argon2id with 19 MiB and two passes (OWASP Password Storage Cheat Sheet), on libuv's threads. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** @returns a PHC string with its own salt and parameters */
export function hashPassword(password: string): Promise<string> {
  return hash(password, PARAMETERS);
}

let decoyHash: Promise<string> | undefined;

/**
 * Compares a password with a stored hash; without one the same work is done, so that the time tells nothing.
 *
 * @returns false also for a hash that cannot be read
 */
export async function verifyPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  decoyHash ??= hashPassword('no account has this password');
  const matches = await verify(passwordHash ?? (await decoyHash), password).catch(() => false);
  return matches && passwordHash !== undefined;
}
