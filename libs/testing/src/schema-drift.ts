import { DataSource } from 'typeorm';
import { dataSourceOptions, type DatabaseOptions } from '#platform';

/** The statements that would change a migrated database to match the entities. Empty if they agree. */
export async function schemaDrift(url: string, entities: DatabaseOptions['entities']): Promise<string[]> {
  const source = new DataSource(dataSourceOptions({ url, applicationName: 'drift', entities, migrations: [] }));
  await source.initialize();
  try {
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  } finally {
    await source.destroy();
  }
}
