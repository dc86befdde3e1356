import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ServicesDriver } from './in-memory/services-driver.js';
import { runCommands } from './mfa-command-run.js';
import { commands } from './mfa-commands.js';
import { MfaModel } from './mfa.model.js';

const SENDS = 'courier';
const RUNS = 400;
const LONG = 240_000;
const FEWEST_COMMANDS = 10_000;

describe('The services of the library', () => {
  beforeAll(() => Logger.overrideLogger(false));

  it(
    'follow the contract through any 10,000 requests, sessions, waits and acts of an administrator',
    async () => {
      let performed = 0;
      const property = fc.asyncProperty(commands(SENDS), async (all) => {
        performed += (await runCommands(all, new ServicesDriver(), new MfaModel(0, SENDS))).length;
      });
      await fc.assert(property, { numRuns: RUNS });
      expect(performed).toBeGreaterThanOrEqual(FEWEST_COMMANDS);
    },
    LONG,
  );
});
