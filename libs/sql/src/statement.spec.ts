import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#testing';
import { run, statement, unprepared, type Source } from './statement.js';

describe('A statement', () => {
  let database: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    source = await new DataSource({ type: 'postgres', url: database.url, poolSize: 1 }).initialize();
    await source.query('CREATE TABLE thing (id int PRIMARY KEY, "isGood" boolean NOT NULL)');
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const places: [string, (work: (place: Source) => Promise<void>) => Promise<void>][] = [
    ['on a connection of the pool', (work) => work(source)],
    ['through the manager of the pool', (work) => work(source.manager)],
    ['in a transaction', (work) => source.transaction(work)],
  ];

  it.each(places)('answers the rows of a SELECT and of RETURNING, %s', async (_, within) => {
    const insert = statement('thing_insert', 'INSERT INTO thing VALUES (:id, :isGood) RETURNING id');
    const change = statement('thing_change', 'UPDATE thing SET "isGood" = :isGood WHERE id = :id RETURNING "isGood"');
    const remove = statement('thing_remove', 'DELETE FROM thing WHERE id = :id RETURNING id, "isGood"');
    await within(async (place) => {
      expect(await run(place, insert, { id: 7, isGood: true })).toEqual([{ id: 7 }]);
      expect(await run(place, change, { id: 7, isGood: false })).toEqual([{ isGood: false }]);
      expect(await run(place, change, { id: 8, isGood: false })).toEqual([]);
      expect(await run(place, remove, { id: 7 })).toEqual([{ id: 7, isGood: false }]);
      expect(await run(place, unprepared('SELECT FROM thing'))).toEqual([]);
    });
  });

  it.each(places)('is prepared where it has a name, %s', async (_, within) => {
    const look = 'SELECT name FROM pg_prepared_statements WHERE name = :name';
    const [named, other] = [{ name: 'thing_look' }, { name: 'thing_other' }];
    await within(async (place) => {
      await run(place, statement('thing_look', look), named);
      expect(await run(place, statement('thing_look', look), named)).toEqual([named]);
      expect(await run(place, unprepared(look), other)).toEqual([]);
    });
  });

  it('takes part in the transaction that it is given', async () => {
    const insert = unprepared('INSERT INTO thing VALUES (:id, true)');
    const failed = source.transaction(async (manager) => {
      await run(manager, insert, { id: 9 });
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await run(source, unprepared('SELECT FROM thing'))).toEqual([]);
  });

  it('gives a name one value wherever it stands, and takes no cast for a name', () => {
    const { text, parameters } = unprepared(`SELECT :a_b::int + :cD, :a_b::text, 'kept: ' || E'\\:'`);
    expect({ text, parameters }).toEqual({
      text: `SELECT $1::int + $2, $1::text, 'kept: ' || E'\\:'`,
      parameters: ['a_b', 'cD'],
    });
  });

  it('names the parameter that has no value, and takes null for one', async () => {
    const look = statement('thing_null', 'SELECT :value::text IS NULL AS "isNull"');
    await expect(run(source, look, {})).rejects.toThrow('The statement thing_null has no value for :value.');
    expect(await run(source, look, { value: null })).toEqual([{ isNull: true }]);
  });
});
