import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSourceOptions, EntityTarget, MigrationInterface } from 'typeorm';
import { MigrationState } from './migration-state.js';

export interface DatabaseOptions {
  readonly url: string;
  readonly applicationName: string;
  readonly entities: readonly (EntityTarget<object> & (new () => object))[];
  readonly migrations: readonly (new () => MigrationInterface)[];
}

const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 15_000;

/** One pool of connections to PostgreSQL; the schema changes by migrations only. */
export function dataSourceOptions({ url, applicationName, entities, migrations }: DatabaseOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    applicationName,
    entities: [...entities],
    migrations: [...migrations],
    synchronize: false,
    logging: false,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    poolErrorHandler: () => undefined,
    extra: { max: 10, statement_timeout: STATEMENT_TIMEOUT_MS, keepAlive: true },
  };
}

@Module({})
export class DatabaseModule {
  static forRoot(options: DatabaseOptions): DynamicModule {
    const connection = TypeOrmModule.forRoot({ ...dataSourceOptions(options), retryAttempts: 0 });
    return {
      module: DatabaseModule,
      global: true,
      imports: [connection],
      providers: [MigrationState],
      exports: [MigrationState],
    };
  }
}
