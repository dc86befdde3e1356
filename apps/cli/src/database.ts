import { DataSource } from 'typeorm';
import { AUTH_ENTITIES } from '#auth';
import { MIGRATIONS } from '#migrations';
import { dataSourceOptions, openPostgres, ProgramError, type Settings } from '#platform';
import { progress } from './terminal.js';

/**
 * Lends the database of `DATABASE_URL`, or else the embedded one, which is started if it does not run.
 *
 * @param report told what the embedded one does, where standard output has another use
 */
export async function withDatabase<T>(
  settings: Settings,
  use: (url: string) => Promise<T>,
  report: (line: string) => void = progress,
): Promise<T> {
  if (settings.databaseUrl) return use(settings.databaseUrl);
  const postgres = await openPostgres({ dataDir: settings.dataDir, report });
  try {
    return await use(postgres.url);
  } finally {
    await postgres.close();
  }
}

/**
 * Lends connections to a migrated database.
 *
 * @throws ProgramError when migrations are pending
 */
export async function withDataSource<T>(
  url: string,
  applicationName: string,
  use: (dataSource: DataSource) => Promise<T>,
): Promise<T> {
  const options = dataSourceOptions({ url, applicationName, entities: AUTH_ENTITIES, migrations: MIGRATIONS });
  const dataSource = await new DataSource(options).initialize();
  try {
    await requireMigrated(dataSource);
    return await use(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** @throws ProgramError when migrations are pending */
export function requireMigratedAt(url: string): Promise<void> {
  return withDataSource(url, 'sallyport-cli', () => Promise.resolve());
}

/** @throws ProgramError when migrations are pending */
export async function requireMigrated(dataSource: DataSource): Promise<void> {
  if (await dataSource.showMigrations()) throw new ProgramError('Migrations are pending: npm run migrate runs them.');
}
