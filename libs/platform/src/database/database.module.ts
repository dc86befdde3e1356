import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSourceOptions, EntityTarget, MigrationInterface } from 'typeorm';
import { connectionOptions, type ConnectionOptions } from './connection-options.js';
import { DatabaseReadiness } from './database-readiness.js';

export interface DatabaseOptions extends ConnectionOptions {
  readonly entities: readonly (EntityTarget<object> & (new () => object))[];
  readonly migrations: readonly (new () => MigrationInterface)[];
}

const CONNECTIONS = 10;

/** One connection pool for PostgreSQL. Only migrations change the schema. */
export function dataSourceOptions({ entities, migrations, ...connection }: DatabaseOptions): DataSourceOptions {
  const {
    connectionString,
    application_name: applicationName,
    connectionTimeoutMillis: connectTimeoutMS,
    ...session
  } = connectionOptions(connection);
  return {
    type: 'postgres',
    url: connectionString,
    applicationName,
    entities: [...entities],
    migrations: [...migrations],
    synchronize: false,
    logging: false,
    connectTimeoutMS,
    poolErrorHandler: () => undefined,
    extra: { max: CONNECTIONS, ...session },
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
      providers: [DatabaseReadiness],
      exports: [DatabaseReadiness],
    };
  }
}
