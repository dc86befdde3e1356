import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AUTH_ENTITIES } from '#auth';
import { MFA_ENTITIES } from '#mfa';
import { createTestDatabase, schemaDrift, type TestDatabase } from '#testing';
import { STOREFRONT_ENTITIES } from '../src/storefront.entities.js';

describe('The schema of the storefront', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('is what the entities describe', async () => {
    expect(await schemaDrift(database.url, [...AUTH_ENTITIES, ...MFA_ENTITIES, ...STOREFRONT_ENTITIES])).toEqual([]);
  });
});
