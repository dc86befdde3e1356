import { Readable } from 'node:stream';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditTrailService, type AuditFault, type AuditCheckpoint } from '#mfa';
import { interleave, wrongCode } from '#testing';
import { AuditChainRepository } from '../src/persistence/audit-chain.repository.js';
import { Shop, type Person } from './shop/shop.js';

describe('The verification of the audit trail', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
    await chain();
  });
  afterAll(() => shop.close());

  /** A person with six entries. */
  const chain = async (): Promise<Person> => {
    const person = shop.person();
    await person.activate();
    await person.verify(wrongCode(person.code()));
    await person.verify(person.code());
    await person.order();
    await person.trigger();
    return person;
  };
  const verify = async (): Promise<AuditFault[]> => {
    const faults: AuditFault[] = [];
    const result = await shop.instances[0]!.get(AuditTrailService).verify({ onFault: (fault) => faults.push(fault) });
    expect(result.faults).toBe(faults.length);
    return faults;
  };
  /** What only the owner of the tables can do; afterwards all is as before. */
  const tampered = async (statement: string, values: unknown[], check: () => Promise<void>): Promise<void> => {
    const tables = ['mfa_audit_event', 'mfa_audit_chain'];
    for (const table of tables) await shop.dataSource.query(`CREATE TABLE kept_${table} AS TABLE ${table}`);
    await shop.dataSource.query(`ALTER TABLE mfa_audit_event DISABLE TRIGGER USER`);
    try {
      await shop.dataSource.query(statement, values);
      await check();
    } finally {
      await shop.dataSource.query(`ALTER TABLE mfa_audit_event DISABLE TRIGGER USER`);
      for (const table of tables) {
        await shop.dataSource.query(`DELETE FROM ${table}`);
        await shop.dataSource.query(`INSERT INTO ${table} SELECT * FROM kept_${table}`);
        await shop.dataSource.query(`DROP TABLE kept_${table}`);
      }
      await shop.dataSource.query(`ALTER TABLE mfa_audit_event ENABLE TRIGGER USER`);
    }
    expect(await verify()).toEqual([]);
  };
  const fault = ({ kind, id }: Person, sequence: string | null, what: string): unknown => ({
    kind,
    id,
    sequence,
    fault: what,
  });

  it('finds nothing in a trail that nobody touched, and counts its entries', async () => {
    await chain();
    const progress: number[] = [];
    const result = await shop.instances[0]!.get(AuditTrailService).verify({
      onFault: () => undefined,
      onProgress: (entries) => progress.push(entries),
    });
    const [{ count }] = await shop.dataSource.query(`SELECT count(*)::int FROM mfa_audit_event`);
    expect(result).toEqual({ entries: count, archived: 0, faults: 0 });
    expect(progress.at(-1)).toBe(count);
  });

  it.each([
    ['event', `'accepted'`],
    ['occurred_at', `occurred_at - interval '1 microsecond'`],
    ['occurred_at', `(occurred_at::text || ' BC')::timestamptz`],
    ['method', `NULL`],
    ['error_code', `'5900'`],
    ['reason', `'none'`],
    ['actor_kind', `'operator'`],
    ['actor_id', `'0'`],
    ['acts_for_kind', `'customer'`],
    ['acts_for_id', `'0'`],
    ['session_id', `'other'`],
    ['request_id', `'other'`],
    ['client_address', `'192.0.2.1'`],
    ['details', `'{}'`],
    ['hash', `sha256('other')`],
  ])('finds an entry whose %s was changed', async (column, value) => {
    const person = await chain();
    const change = `UPDATE mfa_audit_event SET ${column} = ${value} WHERE account_id = $1 AND sequence = 3`;
    await tampered(change, [person.id], async () => {
      expect(await verify()).toContainEqual(fault(person, '3', 'changed'));
    });
  });

  it('finds an entry that was removed: the first, one between, the last', async () => {
    const person = await chain();
    for (const sequence of ['1', '3', '6']) {
      const removal = `DELETE FROM mfa_audit_event WHERE account_id = $1 AND sequence = $2`;
      await tampered(removal, [person.id, sequence], async () => {
        expect(await verify()).toEqual([fault(person, sequence, 'removed')]);
      });
    }
  });

  it('finds out when the entries behind a gap were moved up', async () => {
    const person = await chain();
    const moving = `DO $$ BEGIN
      DELETE FROM mfa_audit_event WHERE account_id = '${person.id}' AND sequence = 5;
      UPDATE mfa_audit_event SET sequence = 5 WHERE account_id = '${person.id}' AND sequence = 6;
    END $$`;
    await tampered(moving, [], async () => {
      expect(await verify()).toEqual([fault(person, '5', 'changed'), fault(person, '6', 'removed')]);
    });
  });

  it('finds a chain of which nothing is left, and a factor that nobody ever set up', async () => {
    const person = await chain();
    await tampered(`DELETE FROM mfa_audit_event WHERE account_id = $1`, [person.id], async () => {
      expect(await verify()).toEqual([fault(person, null, 'removed')]);
      await shop.dataSource.query(`DELETE FROM mfa_audit_chain WHERE account_id = $1`, [person.id]);
      expect(await verify()).toEqual([fault(person, null, 'removed')]);
    });
  });

  it('finds an entry that was inserted, also with a hash that fits', async () => {
    const person = await chain();
    const insertion = `
      INSERT INTO mfa_audit_event (account_kind, account_id, sequence, event, occurred_at, actor_kind, actor_id, hash)
      SELECT account_kind, account_id, 7, 'accepted', occurred_at, 'customer', account_id, sha256(hash || convert_to(
        json_build_array(account_kind, account_id, 7, 'accepted',
          to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US BC'), NULL, NULL, NULL, 'customer',
          account_id, NULL, NULL, NULL, NULL, NULL, NULL)::text, 'UTF8'))
      FROM mfa_audit_event WHERE account_id = $1 AND sequence = 6`;
    await tampered(insertion, [person.id], async () => {
      expect(await verify()).toEqual([fault(person, '7', 'inserted')]);
    });
  });

  it('finds out when the entries of two accounts were exchanged', async () => {
    const [one, two] = [await chain(), await chain()];
    const exchange = `UPDATE mfa_audit_event SET account_id = CASE account_id WHEN $1 THEN $2 ELSE $1 END
      WHERE account_id IN ($1, $2) AND sequence = 2`;
    await shop.dataSource.query(`ALTER TABLE mfa_audit_event DROP CONSTRAINT pk_mfa_audit_event`);
    await tampered(exchange, [one.id, two.id], async () => {
      expect(await verify()).toEqual(expect.arrayContaining([fault(one, '2', 'changed'), fault(two, '2', 'changed')]));
    });
    await shop.dataSource.query(
      `ALTER TABLE mfa_audit_event ADD CONSTRAINT pk_mfa_audit_event PRIMARY KEY (account_kind, account_id, sequence)`,
    );
  });

  it('takes as long as the trail needs, whatever limit the statements of requests have', async () => {
    const url = Object.assign(new URL(shop.database.directUrl), {
      search: 'options=-c%20statement_timeout%3D100',
    }).toString();
    const limited = await new DataSource({ type: 'postgres', url }).initialize();
    const read = (): Promise<readonly unknown[]> =>
      limited.transaction(async (manager) => {
        const chains = new AuditChainRepository(limited);
        await chains.allowLongReads(manager);
        return chains.emptyChains(manager);
      });
    await expect(limited.query(`SELECT pg_sleep(0.2)`)).rejects.toThrow('statement timeout');
    const found = await interleave(shop.dataSource, {
      lock: (other) => other.query(`LOCK TABLE mfa_audit_chain IN ACCESS EXCLUSIVE MODE`),
      work: read,
      change: (other) => other.query(`SELECT pg_sleep(0.2)`),
    });
    expect(found).toEqual([]);
    await limited.destroy();
  });

  it('finds any change of any entry among many', async () => {
    for (let n = 0; n < 3; n += 1) await chain();
    const entries = await shop.dataSource.query<{ id: string; sequence: string }[]>(
      `SELECT account_id AS id, sequence FROM mfa_audit_event`,
    );
    const changes = fc.constantFrom(
      `UPDATE mfa_audit_event SET actor_id = actor_id || 'x' WHERE account_id = $1 AND sequence = $2`,
      `DELETE FROM mfa_audit_event WHERE account_id = $1 AND sequence = $2`,
      `UPDATE mfa_audit_event SET sequence = 100 WHERE account_id = $1 AND sequence = $2`,
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...entries), changes, async ({ id, sequence }, change) => {
        await tampered(change, [id, sequence], async () => {
          const found = await verify();
          expect(found.length).toBeGreaterThan(0);
          expect(new Set(found.map((one) => one.id))).toEqual(new Set([id]));
        });
      }),
      { numRuns: 30 },
    );
  });

  it('finds whole new chains by the heads that were kept elsewhere', async () => {
    const [one, two] = [await chain(), await chain()];
    const trail = shop.instances[0]!.get(AuditTrailService);
    const kept: AuditCheckpoint[] = [];
    await trail.verify({ onFault: () => undefined, onCheckpoint: (head) => void kept.push(head) });
    const compared = async (): Promise<AuditFault[]> => {
      const faults: AuditFault[] = [];
      await trail.compare(
        Readable.from(kept),
        (found) => faults.push(found),
        () => undefined,
      );
      return faults;
    };
    expect(new Set(kept.map(({ id }) => id)).size).toBe(kept.length);
    await one.order();
    expect(await compared()).toEqual([]);
    const rewriting = `DO $$ BEGIN
      ALTER TABLE mfa_audit_event DISABLE TRIGGER tr_mfa_audit_event_append_only;
      ALTER TABLE mfa_audit_event ENABLE TRIGGER tr_mfa_audit_event_chain;
      DELETE FROM mfa_audit_chain WHERE account_id IN ('${one.id}', '${two.id}');
      CREATE TEMP TABLE rewritten AS SELECT * FROM mfa_audit_event WHERE account_id = '${one.id}' AND sequence <> 2;
      DELETE FROM mfa_audit_event WHERE account_id IN ('${one.id}', '${two.id}');
      DELETE FROM mfa_factor WHERE account_id = '${two.id}';
      INSERT INTO mfa_audit_event SELECT * FROM rewritten ORDER BY sequence;
    END $$`;
    await tampered(rewriting, [], async () => {
      expect(await verify()).toEqual([]);
      expect(await compared()).toEqual(
        expect.arrayContaining([fault(one, '6', 'changed'), fault(two, '6', 'removed')]),
      );
    });
    expect(await compared()).toEqual([]);
  });
});
