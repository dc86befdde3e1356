import { inspect } from 'node:util';
import type { INestApplication, LoggerService } from '@nestjs/common';
import type { DataSource } from 'typeorm';

/** Every row of every table, as text. */
export async function dumpOf(dataSource: DataSource): Promise<string> {
  const tables = await dataSource.query<{ name: string }[]>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const rows = await Promise.all(tables.map(({ name }) => dataSource.query(`SELECT t::text AS row FROM ${name} t`)));
  return JSON.stringify(rows);
}

/** Has everything kept that is logged from now on; @returns what was logged so far */
export function captureLog(app: INestApplication): () => string {
  const lines: string[] = [];
  const keep = (...parts: unknown[]): void => void lines.push(inspect(parts, { depth: null }));
  const logger: LoggerService = { log: keep, error: keep, warn: keep, debug: keep, verbose: keep, fatal: keep };
  app.useLogger(logger);
  return () => lines.join('\n');
}
