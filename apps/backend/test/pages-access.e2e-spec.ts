import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROKEN_OUT, HOSTILE_TEXTS, type PageClient } from '#testing';
import { BackOfficePages } from './back-office-pages.js';
import { BACK_OFFICE_PAGES, REACHED_BY } from './routes.js';

const KINDS = ['administrator', 'back-office', 'agent', 'warehouse'] as const;
const LISTS = ['Customers', 'Users', 'Audit trail', 'Policies', 'Assignments', 'Your profile'];
const CROSS_SITE = { 'sec-fetch-site': 'cross-site' };

describe('The pages of the Back Office', () => {
  let pages: BackOfficePages;
  let clients: Readonly<Record<(typeof KINDS)[number], PageClient>>;

  beforeAll(async () => {
    pages = await BackOfficePages.open();
    const entries = await Promise.all(KINDS.map(async (kind) => [kind, (await pages.reader(kind)).client] as const));
    clients = Object.fromEntries(entries) as typeof clients;
  });
  afterAll(() => pages.app.stop());

  describe.each(BACK_OFFICE_PAGES)('at $route', ({ route, access }) => {
    const [method, path = ''] = route.split(' ');
    const url = path.replace(/:\w+/g, 'x');

    it.each(KINDS)('are for %s, or refuse as the API does', async (kind) => {
      const { status, heading } = await (method === 'GET' ? clients[kind].get(url) : clients[kind].post(url));
      const isFor = REACHED_BY[access].includes(kind);
      expect([status === 403, heading === 'This is not allowed']).toEqual([!isFor, !isFor]);
      expect(status).toBeLessThan(500);
    });
  });

  it.each(BACK_OFFICE_PAGES.map(({ route }) => route).filter((route) => route.startsWith('POST')))(
    'take no form of another site: %s',
    async (route) => {
      const url = route.slice('POST '.length).replace(/:\w+/g, 'x');
      expect((await clients.administrator.post(url, {}, CROSS_SITE)).status).toBe(403);
    },
  );

  it.each([
    ['administrator', LISTS],
    ['back-office', ['Customers', 'Assignments', 'Your profile']],
    ['agent', ['Customers', 'Assignments', 'Your profile']],
    ['warehouse', ['Assignments']],
  ] as const)('show %s the way to what they may open, and to nothing else', async (kind, expected) => {
    const { text } = await clients[kind].get('/back-office');
    const [, navigation = ''] = /<nav aria-label="Account">(.*?)<\/nav>/s.exec(text) ?? [];
    const labels = [...navigation.matchAll(/>([^<]+)<\/a>/g)].map(([, label]) => label);
    expect(labels).toEqual(['Overview', ...expected, 'Second factor', 'Sessions']);
  });

  it.each(HOSTILE_TEXTS)('show what was typed as text: %j', async (text) => {
    const typed = encodeURIComponent(text);
    const paths = [`customers?q=${typed}`, `users?name=${typed}&role=${typed}`, `audit?method=${typed}&event=${typed}`];
    const ids = ['customers', 'users', 'audit', 'policies', 'assignments'].map((list) => `${list}/${typed}`);
    for (const path of [...paths, ...ids, `customers/${typed}/remove-mfa/${typed}`, `customers?offset=${typed}`]) {
      const answer = await clients.administrator.get(`/back-office/${path}`);
      expect(answer.status, path).toBeLessThan(500);
      expect(answer.text, path).not.toMatch(BROKEN_OUT);
    }
  });
});
