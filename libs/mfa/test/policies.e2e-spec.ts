import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PolicyService, type Caller, type NewPolicy, type Policy } from '#mfa';
import { wrongCode } from '#testing';
import { Shop, type Person } from './shop/shop.js';

const ADMINISTRATOR: Caller = {
  account: { kind: 'user', id: 'administrator' },
  sessionId: 'desk',
};
const HOUR_MS = 3_600_000;

describe('A policy', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.close());

  const policies = (): PolicyService => shop.instances[0]!.get(PolicyService);
  /** A policy for some company, in force for the time of a test; by default since an hour ago. */
  const under = async (
    policy: Partial<NewPolicy>,
    test: (person: Person, policy: Policy) => Promise<void>,
  ): Promise<void> => {
    const requiredFrom = new Date(shop.clock.now().getTime() - HOUR_MS);
    const created = await policies().create(
      { appliesTo: 'company', value: 'Acme', requiredFrom, methods: ['email'], ...policy },
      ADMINISTRATOR,
    );
    try {
      await test(shop.person().under('customers', 'company:Acme'), created);
    } finally {
      await policies().delete(created.uuid, ADMINISTRATOR);
    }
  };
  const policiesIn = async (person: Person): Promise<unknown> => (await person.list()).json.meta?.policies;

  it('changes nothing before its date, but that the list of methods says so', async () => {
    const requiredFrom = new Date(shop.clock.now().getTime() + 1);
    await under({ requiredFrom }, async (person) => {
      expect(await policiesIn(person)).toEqual([{ requiredFrom: requiredFrom.toISOString(), methods: ['email'] }]);
      expect(await person.order()).toBe('201');
      await person.enroll();
      const code = await person.requestCode();
      expect(await person.order(code)).toBe('201');
      expect(await person.deactivate(code)).toBe('204');
    });
  });

  it('refuses protected actions of an account without a method from its date on, and nothing else', async () => {
    const requiredFrom = new Date(shop.clock.now().getTime() + HOUR_MS);
    await under({ requiredFrom }, async (person) => {
      expect(await person.order()).toBe('201');
      shop.clock.advance(3600);
      for (const code of [undefined, '', '123456']) expect(await person.order(code)).toBe('403 5913');
      expect((await person.call('POST', '/settings')).json.errors[0].code).toBe('5913');
      expect((await person.call('PATCH', '/settings')).status).toBe(200);
      expect((await person.call('GET', '/orders')).status).toBe(200);
      expect(await policiesIn(person)).toHaveLength(1);
    });
  });

  it('lets the account set the method up, and is satisfied then', async () => {
    await under({}, async (person) => {
      expect(await person.activate()).toBe('204');
      expect(await person.order()).toBe('403 5913');
      expect(await person.verify(person.code())).toBe('204');
      expect(await person.order()).toBe('403 5900');
      expect(await person.order(person.code())).toBe('201');
    });
  });

  it('keeps its last method, with the right code too, and says so with 5903', async () => {
    await under({}, async (person) => {
      await person.enroll();
      const code = await person.requestCode();
      expect(await person.deactivate(wrongCode(code))).toBe('403 5901');
      expect(await person.deactivate()).toBe('403 5900');
      expect(await person.deactivate(code)).toBe('400 5903');
      expect(await person.deactivate(code)).toBe('400 5903');
      expect(await person.status()).toBe(2);
      expect(await person.order(code)).toBe('201');
      const events = await shop.dataSource.query<{ event: string }[]>(
        `SELECT event FROM mfa_audit_event WHERE account_id = $1 ORDER BY sequence DESC LIMIT 3`,
        [person.id],
      );
      expect(events.map(({ event }) => event)).toEqual(['refused', 'refused', 'accepted']);
    });
  });

  it('lets a method go where another one satisfies it', async () => {
    await under({ methods: ['email', 'pigeon'] }, async (person) => {
      await person.enroll('pigeon');
      await person.activate('email', await person.requestCode('pigeon'));
      await person.verify(person.code());
      expect(await person.deactivate(person.code())).toBe('204');
      expect(await person.deactivate(await person.requestCode('pigeon'), 'pigeon')).toBe('400 5903');
    });
  });

  it('is not satisfied by a method that it does not name; the code of that method sets the right one up', async () => {
    await under({ methods: ['email'] }, async (person) => {
      await person.enroll('pigeon');
      const code = await person.requestCode('pigeon');
      expect(await person.order(code)).toBe('403 5913');
      expect(await person.activate('email', code)).toBe('204');
      expect(await person.verify(person.code())).toBe('204');
      const right = await person.requestCode();
      expect(await person.order(right)).toBe('201');
      expect(await person.deactivate(right)).toBe('400 5903');
      expect(await person.deactivate(await person.requestCode('pigeon'), 'pigeon')).toBe('204');
    });
  });

  it('does not judge a code where a method must be set up first: nothing is counted or used up', async () => {
    await under({ methods: ['email'] }, async (person) => {
      await person.enroll('pigeon');
      const code = await person.requestCode('pigeon');
      for (let n = 0; n < 12; n += 1) expect(await person.order(wrongCode(code))).toBe('403 5913');
      expect(await person.activate('email', code)).toBe('204');
    });
  });

  it('is about those alone whom it names', async () => {
    await under({}, async () => {
      for (const keys of [[], ['customers'], ['company:Acme Ltd'], ['role:Acme'], ['company:']]) {
        expect(
          await shop
            .person()
            .under(...keys)
            .order(),
        ).toBe('201');
      }
      expect(await shop.person().under('company:Other', 'company:Acme').order()).toBe('403 5913');
    });
    await under({ appliesTo: 'customers', value: null }, async (person) => {
      expect(await person.order()).toBe('403 5913');
      expect(await shop.person('user').under('role:agent').order()).toBe('201');
    });
    await under({ appliesTo: 'role', value: 'agent' }, async (person) => {
      expect(await person.order()).toBe('201');
      expect(await shop.person('user').under('role:back-office', 'role:agent').order()).toBe('403 5913');
    });
  });

  it('must be satisfied like every other one that is about the account', async () => {
    await under({ methods: ['email'] }, async (person) => {
      await person.enroll();
      expect(await person.order()).toBe('403 5900');
      await under({ appliesTo: 'customers', value: null, methods: ['pigeon'] }, async () => {
        expect(await person.order()).toBe('403 5913');
        await person.activate('pigeon', await person.requestCode());
        await person.verify(person.code('pigeon'), 'pigeon');
        expect(await person.order(person.code('pigeon'))).toBe('201');
        expect(await policiesIn(person)).toHaveLength(2);
      });
    });
  });

  it('is in force, changed and gone at once, and each change is in the trail of who made it', async () => {
    await under({}, async (person, { uuid }) => {
      expect(await person.order()).toBe('403 5913');
      await policies().update(uuid, (now) => ({ ...now, value: 'Umbrella' }), ADMINISTRATOR);
      expect(await person.order()).toBe('201');
    });
    const trail = await shop.dataSource.query(
      `SELECT details->>'change' AS change, details->'policy'->>'value' AS value, actor_id FROM mfa_audit_event
       WHERE account_id = 'administrator' AND event = 'policy-changed' ORDER BY sequence DESC LIMIT 3`,
    );
    expect(trail).toEqual([
      { change: 'deleted', value: 'Umbrella', actor_id: 'administrator' },
      { change: 'updated', value: 'Umbrella', actor_id: 'administrator' },
      { change: 'created', value: 'Acme', actor_id: 'administrator' },
    ]);
  });
});

describe('An action that always needs a second factor', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.close());

  it('is refused with 5913 without an active method, whatever policies say', async () => {
    const person = shop.person();
    const wipe = async (code?: string): Promise<unknown> => {
      const { status, json } = await person.call('DELETE', '/settings', code);
      return json?.errors?.[0]?.code ?? status;
    };
    expect(await wipe()).toBe('5913');
    expect(await wipe('123456')).toBe('5913');
    await person.activate();
    expect(await wipe()).toBe('5913');
    await person.verify(person.code());
    expect(await wipe()).toBe('5900');
    expect(await wipe(wrongCode(person.code()))).toBe('5901');
    expect(await wipe(person.code())).toBe(200);
  });
});
