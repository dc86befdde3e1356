import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser, mailedKey, mailsTo, PageClient, PASSWORD, type PageResponse } from '#testing';
import { BackOfficePages } from './back-office-pages.js';

const NEW = 'Another-Secret-77!';

describe('A user who forgot the password', () => {
  let pages: BackOfficePages;
  let client: PageClient;

  beforeAll(async () => {
    pages = await BackOfficePages.open();
    client = new PageClient(pages.app.api.url);
  });
  afterAll(() => pages.app.stop());

  const signIn = (base: string, username: string, password: string): Promise<PageResponse> =>
    new PageClient(pages.app.api.url).post(`${base}/sign-in`, { username, password });

  it.each([
    ['/back-office', 'back-office', 'Forgotten your password?', 'Merchant Portal', '/merchant'],
    ['/merchant', 'merchant', 'Forgotten your password?', 'Back Office', '/back-office'],
  ])('gets a mail from %s whose key sets a new one, once', async (base, role, link, other, otherBase) => {
    const { username } = await createUser(pages.app.dataSource, { roles: [role] });
    const { text } = await client.get(`${base}/sign-in`);
    expect(text).toContain(`<a href="${base}/forgotten-password">${link}</a>`);
    expect(text).toContain(`<a href="${otherBase}/sign-in">${other}</a>`);
    const asked = await client.post(`${base}/forgotten-password`, { email: username });
    expect(asked.location).toBe(`${base}/forgotten-password?sent`);
    const form = { restorePasswordKey: await mailedKey(pages.app, username), password: NEW, confirmPassword: NEW };
    expect((await client.post(`${base}/new-password`, form)).location).toBe(`${base}/sign-in?password`);
    expect([(await signIn(base, username, PASSWORD)).status, (await signIn(base, username, NEW)).location]).toEqual([
      422,
      base,
    ]);
    const again = await client.post(`${base}/new-password`, form);
    expect([again.status, again.text.includes('This key is wrong, was used already, or is too old.')]).toEqual([
      422,
      true,
    ]);
  });

  it('gets the same answer as somebody who is unknown', async () => {
    const { username } = await createUser(pages.app.dataSource);
    const answers = [];
    for (const email of [username, 'nobody@users.example']) {
      const { status, location, text } = await client.post('/back-office/forgotten-password', { email });
      answers.push([status, location, text]);
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it('is led to the page by the mail, also by one of an earlier version', async () => {
    const { username } = await createUser(pages.app.dataSource);
    await client.post('/back-office/forgotten-password', { email: username });
    const [mail] = await mailsTo(pages.app, username);
    expect(mail!.text).toMatch(/\/back-office\/new-password#key=\S+/);
    const { status, location } = await client.get('/user-restore-password');
    expect([status, location]).toEqual([302, '/back-office/new-password']);
    expect((await client.get('/back-office/new-password', { 'accept-language': 'de' })).heading).toBe(
      'Neues Passwort wählen',
    );
  });
});
