import type { DataSource } from 'typeorm';

export interface NewAdministrator {
  readonly uuid: string;
  readonly username: string;
  readonly passwordHash: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: string;
}

/** @returns false when the username is taken */
export async function insertAdministrator(dataSource: DataSource, user: NewAdministrator): Promise<boolean> {
  const rows = await dataSource.query<unknown[]>(
    `INSERT INTO user_account (uuid, username, password_hash, first_name, last_name, locale, roles, is_warehouse_user)
     VALUES ($1, $2, $3, $4, $5, $6, ARRAY['administrator'], false)
     ON CONFLICT ((lower(username))) DO NOTHING RETURNING id`,
    [user.uuid, user.username, user.passwordHash, user.firstName, user.lastName, user.locale],
  );
  return rows.length > 0;
}
