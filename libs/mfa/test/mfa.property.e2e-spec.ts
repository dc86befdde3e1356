import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { runCommands } from './mfa-command-run.js';
import { commands } from './mfa-commands.js';
import { MfaModel } from './mfa.model.js';
import { PersonDriver } from './person-driver.js';
import { Shop } from './shop/shop.js';

const SENDS = 'pigeon';
const RUNS = 40;
const LONG = 240_000;

describe('The endpoints and protected resources of an application', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.close());

  it(
    'follow the contract through any sequence of requests, sessions, waits and acts of an administrator',
    async () => {
      const property = fc.asyncProperty(commands(SENDS), async (all) => {
        await runCommands(all, new PersonDriver(shop), new MfaModel(0, SENDS));
      });
      await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
    },
    LONG,
  );
});
