import { hashPassword } from '#auth';

export type WithPasswordHash<Entry> = Omit<Entry, 'password'> & { readonly passwordHash: string };

/** Hashing takes its time: for new entries only, and outside the transaction. */
export async function withPasswordHash<Entry extends { readonly password: string }>({
  password,
  ...rest
}: Entry): Promise<WithPasswordHash<Entry>> {
  return { ...rest, passwordHash: await hashPassword(password) };
}
