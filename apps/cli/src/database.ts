import { openPostgres, type Settings } from '#platform';
import { progress } from './progress.js';

/** Lends the database of `DATABASE_URL`, or else the embedded one, which is started if it does not run. */
export async function withDatabase<T>(settings: Settings, use: (url: string) => Promise<T>): Promise<T> {
  if (settings.databaseUrl) return use(settings.databaseUrl);
  const postgres = await openPostgres({ dataDir: settings.dataDir, report: progress });
  try {
    return await use(postgres.url);
  } finally {
    await postgres.close();
  }
}
