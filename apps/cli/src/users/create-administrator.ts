import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { hashPassword, NewPassword, WEAKNESS_ERRORS, weaknessOf } from '#auth';
import { ApiException, validateAttributes } from '#json-api';
import { ProgramError } from '#platform';
import { emailAddress, locale, text } from '../kinds/entry-rules.js';
import { insertAdministrator } from './administrators.repository.js';

const schema = z.object({
  username: emailAddress,
  firstName: text(100),
  lastName: text(100),
  locale,
});

export type AdministratorOptions = z.infer<typeof schema>;

/** @throws ProgramError with a line for each option that is wrong */
export function checkOptions(options: AdministratorOptions): void {
  const { error } = schema.safeParse(options);
  const lines = error?.issues.map(({ path, message }) => `--${dashed(String(path[0]))} ${message}`) ?? [];
  if (lines.length > 0) throw new ProgramError(lines.join('\n'));
}

/** @throws ProgramError when the password is not as the API takes it */
export async function checkPassword(password: string, minimumLength: number): Promise<void> {
  class Choice {
    @NewPassword(minimumLength)
    password!: string;
  }
  try {
    await validateAttributes(Choice, { password });
  } catch (error) {
    if (!(error instanceof ApiException)) throw error;
    throw new ProgramError(error.rows.map(({ detail }) => detail).join('\n'));
  }
  const weakness = weaknessOf(password);
  if (weakness) throw new ProgramError(WEAKNESS_ERRORS[weakness].detail);
}

/**
 * @returns the new user's uuid
 * @throws ProgramError when the username is taken
 */
export async function createAdministrator(
  dataSource: DataSource,
  options: AdministratorOptions,
  password: string,
): Promise<string> {
  const uuid = randomUUID();
  const isNew = await insertAdministrator(dataSource, {
    ...options,
    uuid,
    passwordHash: await hashPassword(password),
  });
  if (!isNew) throw new ProgramError(`The username ${options.username} is taken.`);
  return uuid;
}

function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
