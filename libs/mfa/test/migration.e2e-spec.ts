import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditTrailService, type AuditFault } from '#mfa';
import { MIGRATIONS } from '#migrations';
import { dataSourceOptions, migrateJobs } from '#platform';
import { createEmptyDatabase, type TestDatabase } from '#testing';
import { Shop, type Person } from './shop/shop.js';

const SECRET = { id: 'k1', secret: randomBytes(32) };
const FIRST = MIGRATIONS.findIndex(({ name }) => name.startsWith('MfaRevisions'));

/** What the version before has stored of an account. */
interface Former {
  readonly missCount?: number;
  readonly failureCount?: number;
  readonly activationCount?: number;
  readonly lockedUntil?: string;
  readonly sendsUntil?: string;
  /** Methods with their status. */
  readonly factors?: Readonly<Record<string, 1 | 2>>;
}

/** A code of it, for the session `one`. */
interface FormerCode {
  readonly code: string;
  readonly method?: string;
  readonly purpose?: 'activation' | 'step-up';
  readonly missesAtIssue?: number;
  readonly activationsAtIssue?: number;
  /** When its grant ends; it is a grant then. */
  readonly grantUntil?: string;
}

describe('An installation of the version before', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let shop: Shop | undefined;

  const connect = async (migrations: readonly (typeof MIGRATIONS)[number][] = MIGRATIONS): Promise<DataSource> => {
    const options = { url: database.directUrl, applicationName: 'migration', entities: [], migrations };
    return new DataSource(dataSourceOptions(options)).initialize();
  };
  const upgrade = async (): Promise<void> => {
    const upgrading = await connect();
    expect(await upgrading.runMigrations()).toHaveLength(MIGRATIONS.length - FIRST);
    await upgrading.destroy();
  };
  const goBack = async (): Promise<void> => {
    const undoing = await connect();
    for (const _ of MIGRATIONS.slice(FIRST)) await undoing.undoLastMigration();
    await undoing.destroy();
  };
  const open = async (): Promise<Shop> =>
    (shop ??= await Shop.open({ database: { ...database, drop: async () => undefined }, secrets: [SECRET] }));
  const close = async (): Promise<void> => {
    await shop?.close();
    shop = undefined;
  };

  const storeAccount = async (id: string, former: Former): Promise<void> => {
    await dataSource.query(
      `INSERT INTO mfa_account (account_kind, account_id, miss_count, failure_count, activation_count, locked_until, sends_until)
       VALUES ('customer', $1, $2, $3, $4, now() + $5::interval, now() + $6::interval)`,
      [
        id,
        former.missCount ?? 0,
        former.failureCount ?? 0,
        former.activationCount ?? 0,
        former.lockedUntil,
        former.sendsUntil,
      ],
    );
    for (const [method, status] of Object.entries(former.factors ?? { email: 2 })) {
      await dataSource.query(
        `INSERT INTO mfa_factor (account_kind, account_id, method, status, activated_at)
         VALUES ('customer', $1, $2, $3::smallint, CASE WHEN $3 = 2 THEN now() END)`,
        [id, method, status],
      );
    }
  };
  const storeCode = (id: string, { code, method = 'email', purpose = 'step-up', ...former }: FormerCode) => {
    const message = JSON.stringify(['customer', id, 'one', method, code]);
    const mac = createHmac('sha256', SECRET.secret).update(message).digest();
    return dataSource.query(
      `INSERT INTO mfa_code (account_kind, account_id, id, method, session_id, purpose, mac, key_id, issued_at,
         expires_at, misses_at_issue, activations_at_issue, grant_until)
       VALUES ('customer', $1, gen_random_uuid(), $2, 'one', $3, $4, $5, now(), now() + interval '10 minutes', $6, $7,
         now() + $8::interval)`,
      [
        id,
        method,
        purpose,
        mac,
        SECRET.id,
        former.missesAtIssue ?? 0,
        former.activationsAtIssue ?? 0,
        former.grantUntil,
      ],
    );
  };
  const storeEntry = (id: string, event: string) =>
    dataSource.query(
      `INSERT INTO mfa_audit_event (account_kind, account_id, event, occurred_at, method, actor_kind, actor_id)
       VALUES ('customer', $1, $2, now(), 'email', 'customer', $1)`,
      [id, event],
    );
  const person = async (account: Former, ...codes: FormerCode[]): Promise<string> => {
    const id = randomUUID();
    await storeAccount(id, account);
    for (const code of codes) await storeCode(id, code);
    await storeEntry(id, 'activation-begun');
    return id;
  };
  const heads = () => dataSource.query('SELECT * FROM mfa_audit_chain ORDER BY account_id');

  let ids: Record<'granted' | 'waiting' | 'activating' | 'stale' | 'counted' | 'locked' | 'sent' | 'chained', string>;
  let headsBefore: unknown;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    await migrateJobs(database.directUrl);
    dataSource = await connect(MIGRATIONS.slice(0, FIRST));
    await dataSource.runMigrations();
    ids = {
      granted: await person(
        {},
        { code: '111110', grantUntil: '10 minutes' },
        { code: '111111', grantUntil: '20 minutes' },
        { code: '111112' },
      ),
      waiting: await person({}, { code: '222222' }),
      activating: await person({ factors: { email: 1 } }, { code: '333333', purpose: 'activation' }),
      stale: await person(
        { factors: { email: 1, pigeon: 2 }, activationCount: 1 },
        { code: '444444', purpose: 'activation' },
      ),
      counted: await person({ missCount: 7, failureCount: 9 }, { code: '555555', missesAtIssue: 5 }),
      locked: await person({ failureCount: 10, lockedUntil: '20 minutes' }, { code: '666666' }),
      sent: await person({ sendsUntil: '5 minutes' }),
      chained: await person({}),
    };
    for (const event of ['activated', 'accepted', 'refused']) await storeEntry(ids.chained, event);
    headsBefore = await heads();
    await upgrade();
  });
  afterAll(async () => {
    await close();
    await dataSource.destroy();
    await database.drop();
  });

  const at = async (name: keyof typeof ids): Promise<Person> => (await open()).person('customer', ids[name]);
  const faults = async (): Promise<AuditFault[]> => {
    const found: AuditFault[] = [];
    const trail = (await open()).instances[0]!.get(AuditTrailService);
    await trail.verify({ onFault: (fault) => found.push(fault) });
    return found;
  };

  it('keeps the chains of its audit trail', async () => {
    expect(await heads()).toEqual(headsBefore);
    expect(await faults()).toEqual([]);
  });

  it('goes on accepting the code of a live grant, in its session', async () => {
    const granted = await at('granted');
    expect(await granted.order('111111')).toBe('201');
    expect(await granted.inSession('two').order('111111')).toBe('403 5901');
    const grants = await dataSource.query(
      `SELECT session_id, method, expires_at > now() + interval '19 minutes' AS "isLonger", granted_at <= now() AS "isOpen"
       FROM mfa_grant WHERE account_id = $1`,
      [ids.granted],
    );
    expect(grants).toEqual([{ session_id: 'one', method: 'email', isLonger: true, isOpen: true }]);
  });

  it('accepts a code that is outstanding, also beside a grant', async () => {
    expect(await (await at('waiting')).order('222222')).toBe('201');
    expect(await (await at('granted')).order('111112')).toBe('201');
  });

  it('accepts a code for the activation, unless another method became active since', async () => {
    expect(await (await at('activating')).verify('333333')).toBe('204');
    expect(await (await at('stale')).verify('444444')).toBe('403 5901');
  });

  it('keeps the misses of an account and of its code', async () => {
    const counted = await at('counted');
    expect(await counted.order('000000')).toBe('403 5901');
    expect(await counted.order('555555')).toMatch('429 5911');
    const [row] = await dataSource.query(
      'SELECT miss_count, failure_count, revision FROM mfa_account WHERE account_id = $1',
      [ids.counted],
    );
    expect(row).toMatchObject({ miss_count: '8', failure_count: 10 });
  });

  it('keeps a lock, and what was sent', async () => {
    expect(await (await at('locked')).order('666666')).toMatch('429 5911');
    expect(await (await at('sent')).trigger()).toMatch('429 5912');
  });

  describe('that goes back to it', () => {
    const ended = randomUUID();
    const both = randomUUID();
    let before: string;

    beforeAll(async () => {
      await close();
      await dataSource.query(
        `INSERT INTO mfa_account (account_kind, account_id, ended_at) VALUES ('customer', $1, now()), ('customer', $2, NULL)`,
        [ended, both],
      );
      for (const method of ['email', 'totp', 'recovery-code']) {
        await dataSource.query(
          `INSERT INTO mfa_factor (account_kind, account_id, method, status) VALUES ('customer', $1, $2, 2)`,
          [both, method],
        );
      }
      await dataSource.query(
        `INSERT INTO mfa_credential (account_kind, account_id, id, method, key_id, sealed, counter, created_at)
         VALUES ('customer', $1, gen_random_uuid(), 'totp', 'e1', '', 1, now())`,
        [both],
      );
      await dataSource.query(
        `INSERT INTO mfa_recovery_code (account_kind, account_id, digest) VALUES ('customer', $1, '\\x01')`,
        [both],
      );
      await dataSource.query(
        `INSERT INTO mfa_grant (account_kind, account_id, session_id, method, mac, key_id, granted_at, expires_at)
         VALUES ('customer', $1, 'one', 'totp', '', 'k1', now(), now() + interval '20 minutes')`,
        [both],
      );
      [{ now: before }] = await dataSource.query('SELECT clock_timestamp() AS now');
      await goBack();
    });

    it('has its codes and grants in the old form', async () => {
      const rows = await dataSource.query(
        `SELECT purpose, grant_until > now() AS "isGrant", grant_until = expires_at AS "isOver", activations_at_issue
         FROM mfa_code WHERE account_id = $1`,
        [ids.granted],
      );
      expect(rows).toEqual([{ purpose: 'step-up', isGrant: true, isOver: true, activations_at_issue: 0 }]);
      const waiting = await dataSource.query('SELECT grant_until FROM mfa_code WHERE account_id = $1', [ids.locked]);
      expect(waiting).toEqual([{ grant_until: null }]);
      const [account] = await dataSource.query(
        'SELECT miss_count, failure_count, activation_count FROM mfa_account WHERE account_id = $1',
        [ids.counted],
      );
      expect(account).toEqual({ miss_count: '8', failure_count: 10, activation_count: 0 });
    });

    it('has no method that it does not know, and an entry and a notice of each removal', async () => {
      const factors = await dataSource.query('SELECT method FROM mfa_factor WHERE account_id = $1', [both]);
      expect(factors).toEqual([{ method: 'email' }]);
      const grants = await dataSource.query('SELECT FROM mfa_code WHERE account_id = $1', [both]);
      expect(grants).toEqual([]);
      const entries = await dataSource.query(
        `SELECT event, method, actor_kind, actor_id FROM mfa_audit_event WHERE account_id = $1 ORDER BY sequence`,
        [both],
      );
      const removal = { event: 'removed', actor_kind: 'operator', actor_id: 'migration' };
      expect(entries).toEqual([
        { method: 'recovery-code', ...removal },
        { method: 'totp', ...removal },
      ]);
      const [{ notices }] = await dataSource.query(
        `SELECT count(*)::int AS notices FROM graphile_worker.jobs WHERE task_identifier = 'notice' AND created_at >= $1`,
        [before],
      );
      expect(notices).toBe(2);
    });

    it('has nothing left of accounts that ended', async () => {
      expect(await dataSource.query('SELECT FROM mfa_account WHERE account_id = $1', [ended])).toEqual([]);
    });

    it('can be upgraded again: the grant is alive, the chains are whole', async () => {
      await upgrade();
      expect(await faults()).toEqual([]);
      expect(await (await at('granted')).order('111112')).toBe('201');
      expect(await (await at('locked')).order('666666')).toMatch('429 5911');
    });
  });
});
