import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Mailbox } from '#platform';
import { createEmptyDatabase, type TestDatabase } from '#testing';
import { takeTour } from '../../../../apps/cli/src/tour/take-tour.js';
import { DOCUMENT, EmbeddedShop } from './embedded-shop.js';

const base64Of = (bytes: number): string => randomBytes(bytes).toString('base64');

describe('A shop made from docs/embedding.md word for word', () => {
  let shop: EmbeddedShop;
  let mailbox: Mailbox;
  let database: TestDatabase;
  let env: Readonly<Record<string, string>>;

  beforeAll(async () => {
    mailbox = await Mailbox.start({ host: '127.0.0.1', smtpPort: 0, webPort: 0 });
    database = await createEmptyDatabase();
    const secrets = { MFA_SECRET: base64Of(32), MFA_KEY: base64Of(32) };
    env = { DATABASE_URL: database.directUrl, SMTP_URL: mailbox.smtpUrl, ...secrets };
    shop = await EmbeddedShop.create();
    await shop.writeFiles();
    await shop.install();
    await shop.build();
  }, 300_000);
  afterEach(() => shop.stop());
  afterAll(async () => {
    await shop?.remove();
    await mailbox?.stop();
    await database?.drop();
  });

  const takeFirstRequests = async (url: string): Promise<void> => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const tour = { document: DOCUMENT, variables: { SHOP: url, MAILBOX: mailbox.url }, sendIntervalMs: 0 };
    await takeTour({ ...tour, programs: ['curl', 'node'] }, new AbortController().signal).finally(vi.restoreAllMocks);
  };
  const sendHalfDocument = async (url: string): Promise<number> => {
    const headers = { 'x-account': 'ada', 'x-session': 'one', 'content-type': 'application/vnd.api+json' };
    return (await fetch(`${url}/orders`, { method: 'POST', headers, body: '{"data":' })).status;
  };

  it('has the built library with what it is, how it is used and its license, and no test', async () => {
    const names = await shop.packedFiles();
    const others = names.filter((name) => !/^dist(\/[a-z0-9-]+)*(\/[\w.-]+(\.d\.ts|\.js))?$/.test(name));
    expect(others.toSorted()).toEqual(['LICENSE', 'README.md', 'package.json']);
    expect(names.filter((name) => /spec|\/test\//.test(name))).toEqual([]);
  });

  it('does not start without a secret, and says so', async () => {
    await expect(shop.start({ ...env, MFA_SECRET: '' })).rejects.toThrow('A secret of MFA needs 32 bytes or more.');
  });

  it('goes through its first requests as promised', async () => {
    const url = await shop.start(env);
    await takeFirstRequests(url);
    expect(mailbox.mails[0]!.text).toMatch(/\nFrom: 127\.0\.0\.1\n[^]*\nShop\n/);
    expect(await sendHalfDocument(url)).toBe(400);
  });

  // another install: `npm run test:long` takes the time
  it.runIf(process.env['TEST_LONG'])('does the same with Express', { timeout: 180_000 }, async () => {
    await shop.turnTo('@nestjs/platform-express');
    await shop.install();
    await shop.build();
    const url = await shop.start(env);
    await takeFirstRequests(url);
    expect(await sendHalfDocument(url)).toBe(400);
  });
});
