import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MfaService, type Account, type Recipient } from '#mfa';
import { connectTo, createTestDatabase } from '#testing';
import { loft } from '../methods/pigeon/pigeon.method.js';
import { Shop, type Person } from '../shop/shop.js';
import { atOnce } from './at-once.js';

const ROUNDS = 200;
const LONG = 240_000;

describe('A change of address beside a code on its way', () => {
  let shop: Shop;
  let addresses: DataSource;
  /** What happens between the reading of an address and the mail to it. */
  let meanwhile: (() => Promise<unknown>) | undefined;

  const recipientOf = async ({ id }: Account): Promise<Recipient> => {
    const [row] = await addresses.query<{ email: string }[]>('SELECT email FROM address WHERE account_id = $1', [id]);
    await meanwhile?.();
    return { email: row?.email ?? `${id}@shop.example`, locale: 'en_US' };
  };

  beforeAll(async () => {
    const database = await createTestDatabase();
    addresses = await connectTo(database);
    await addresses.query('CREATE TABLE address (account_id text PRIMARY KEY, email text NOT NULL)');
    const mailSender = { send: () => Promise.reject(new Error('pigeons alone')) };
    shop = await Shop.open({ database, delivery: { recipientOf, mailSender } });
    await shop.addInstance();
  });
  afterAll(async () => {
    await addresses.destroy();
    await shop.close();
  });

  const newAddressOf = ({ id }: Person): string => `${id}@new.example`;
  const move = async (person: Person): Promise<string> => {
    const account = { kind: person.kind, id: person.id };
    await shop.dataSource.transaction(async (manager) => {
      await manager.query('INSERT INTO address VALUES ($1, $2)', [person.id, newAddressOf(person)]);
      const change = { account, actor: account, event: 'address-changed', voidsCodes: true } as const;
      await shop.instances[0]!.get(MfaService).recordChange(change, manager);
    });
    return 'moved';
  };
  let turn = 0;
  /** A person with an address where no pigeon has come since the set-up, at one instance after the other. */
  const person = async (): Promise<Person> => {
    const someone = (await shop.person().enroll('pigeon')).at(shop.apis[(turn += 1) % shop.apis.length]!);
    loft.delete(someone.email);
    return someone;
  };
  /** What becomes of the code that went to an address. */
  const worthOf = async (someone: Person, address: string): Promise<string | undefined> => {
    const code = loft.get(address);
    return code && (await someone.order(code));
  };

  const expectOldIsWorthNothing = async (someone: Person, answers: readonly string[]): Promise<void> => {
    expect(answers.toSorted()).toEqual(['204', 'moved']);
    expect(['403 5901', undefined]).toContain(await worthOf(someone, someone.email));
    // void, or received at the new address
    expect(['201', '403 5901', undefined]).toContain(await worthOf(someone, newAddressOf(someone)));
  };

  it(
    'never makes a code good that went to the old one, in 200 rounds over two instances',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const someone = await person();
        const works = [() => someone.trigger('pigeon'), () => move(someone)];
        const started = round % 2 ? works : works.toReversed();
        await expectOldIsWorthNothing(someone, await Promise.all(started.map((work) => work())));
      }
    },
    LONG,
  );

  it(
    'never makes one good where both have decided on the same state',
    async () => {
      for (let round = 0; round < ROUNDS / 4; round += 1) {
        const someone = await person();
        const works = [() => someone.trigger('pigeon'), () => move(someone)];
        await expectOldIsWorthNothing(someone, await atOnce(shop.dataSource, someone, works));
      }
    },
    LONG,
  );

  it('voids a code whose address was read before the change, and mailed behind it', async () => {
    const someone = await person();
    meanwhile = () => move(someone);
    expect(await someone.trigger('pigeon')).toBe('204');
    meanwhile = undefined;
    expect(await worthOf(someone, someone.email)).toBe('403 5901');
  });

  it('sends the code that was issued behind the change to the new address, where it is good', async () => {
    const someone = await person();
    await atOnce(shop.dataSource, someone, [() => move(someone), () => someone.trigger('pigeon')]);
    expect(loft.get(someone.email)).toBeUndefined();
    expect(await worthOf(someone, newAddressOf(someone))).toBe('201');
  });
});
