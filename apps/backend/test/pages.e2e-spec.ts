import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailedCode, PageClient, PASSWORD, startTestApp, type TestApp } from '#testing';
import { createBackend } from '../src/backend.js';
import { KINDS, OWN_PAGES } from './routes.js';
import { Staff, type UserKind } from './staff.js';

/** Who may sign in where. */
const AREAS = {
  '/back-office': ['administrator', 'back-office', 'agent', 'warehouse'],
  '/merchant': ['merchant', 'merchant-agent'],
} as const;
const BASES = Object.keys(AREAS) as (keyof typeof AREAS)[];
const USER_KINDS = KINDS.filter((kind): kind is UserKind => kind !== 'warehouse-token');

describe('The pages of the backend', () => {
  let app: TestApp;
  let staff: Staff;

  beforeAll(async () => {
    app = await startTestApp(createBackend);
    staff = new Staff(app);
  });
  afterAll(() => app.stop());

  const browser = (): PageClient => new PageClient(app.api.url);

  it('begin at the Back Office', async () => {
    expect((await browser().get('/')).location).toBe('/back-office');
  });

  it.each(BASES)('take no notice of an Authorization that a proxy wants: %s', async (base) => {
    const { username, token } = await staff.login(AREAS[base][0]);
    for (const authorization of ['Basic cHJveHk6c2VjcmV0', 'Bearer x.y.z', `Bearer ${token}`]) {
      const client = browser();
      const headers = { authorization, 'sec-fetch-site': 'same-origin' };
      expect((await client.get('/', headers)).location).toBe('/back-office');
      expect((await client.get(base, headers)).location).toBe(`${base}/sign-in`);
      expect((await client.post(`${base}/sign-in`, { username, password: PASSWORD }, headers)).location).toBe(base);
      expect((await client.get(base, headers)).status).toBe(200);
    }
    expect((await app.api.call('GET', '/health', { headers: { authorization: 'Bearer x.y.z' } })).status).toBe(401);
  });

  it.each(OWN_PAGES)('lead everybody who is not signed in to the sign-in: %s', async (route) => {
    const [method, path = ''] = route.split(' ');
    const url = path.replace(/:\w+/g, 'x');
    const { status, location } = await (method === 'GET' ? browser().get(url) : browser().post(url));
    expect([status, location]).toEqual([303, `/${path.split('/')[1]}/sign-in`]);
  });

  describe.each(BASES)('below %s', (base) => {
    it.each(USER_KINDS)('are for whom they are: %s', async (kind) => {
      const { username } = await staff.login(kind);
      const client = browser();
      const { status, location } = await client.post(`${base}/sign-in`, { username, password: PASSWORD });
      const isFor = (AREAS[base] as readonly string[]).includes(kind);
      expect([status, location]).toEqual(isFor ? [303, base] : [422, null]);
      expect((await client.get(base)).status).toBe(isFor ? 200 : 303);
    });

    it('take the cookie of the other area for nothing', async () => {
      const other = BASES.find((one) => one !== base)!;
      const { username } = await staff.login(AREAS[other][0]);
      const client = browser();
      await client.post(`${other}/sign-in`, { username, password: PASSWORD });
      const [value = ''] = client.cookies.values();
      client.cookies.set(`__Host-${base.slice(1)}-session`, value);
      expect((await client.get(base)).location).toBe(`${base}/sign-in`);
      expect((await client.get(other)).status).toBe(200);
    });

    it('ask for the second step', async () => {
      const { username } = await staff.withMfa(AREAS[base][0]);
      const client = browser();
      const { location } = await client.post(`${base}/sign-in`, { username, password: PASSWORD });
      expect(location).toBe(`${base}/sign-in/code?sent`);
      expect((await client.get(base)).location).toBe(`${base}/sign-in/code`);
      const code = mailedCode(app.mailbox, username);
      expect((await client.post(`${base}/sign-in/code`, { code })).location).toBe(base);
      expect((await client.get(`${base}/mfa`)).status).toBe(200);
    });
  });
});
