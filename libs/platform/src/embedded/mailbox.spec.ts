import { request } from 'node:http';
import { connect } from 'node:net';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Mailbox } from './mailbox.js';

let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await Mailbox.start({ host: '127.0.0.1', smtpPort: 0, webPort: 0 });
});

beforeEach(() => {
  mailbox.clear();
});

afterAll(() => mailbox.stop());

interface Mail {
  readonly to: string | string[];
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
}

async function send(...mails: readonly Mail[]): Promise<void> {
  const transport = createTransport({ url: mailbox.smtpUrl, pool: true, maxConnections: 1 } as object);
  for (const mail of mails) await transport.sendMail({ from: 'Shop <shop@sallyport.test>', ...mail });
  transport.close();
}

async function json<T>(path: string): Promise<{ status: number; body: T }> {
  const response = await fetch(`${mailbox.url}${path}`);
  return { status: response.status, body: (await response.json()) as T };
}

function statusForHost(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${mailbox.url}/api/mails`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

describe('the mailbox takes mails by SMTP', () => {
  it('keeps text, HTML, headers and the recipients of the envelope', async () => {
    await send({
      to: ['Ada <ada@example.test>', 'grace@example.test'],
      subject: 'Grüße',
      text: 'Code: 123456',
      html: '<b>123456</b>',
    });
    expect(mailbox.mails).toHaveLength(1);
    expect(mailbox.mails[0]).toMatchObject({
      from: 'shop@sallyport.test',
      to: ['ada@example.test', 'grace@example.test'],
      subject: 'Grüße',
      html: expect.stringContaining('<b>123456</b>'),
      headers: expect.objectContaining({ 'mime-version': '1.0' }),
    });
    expect(mailbox.mails[0]?.text.trim()).toBe('Code: 123456');
  });

  it('lists the newest mail first and drops the oldest beyond 500', async () => {
    await send(
      ...Array.from({ length: 502 }, (_, index) => ({ to: 'ada@example.test', subject: `${index}`, text: 'x' })),
    );
    expect(mailbox.mails).toHaveLength(500);
    expect(mailbox.mails[0]?.subject).toBe('501');
    expect(mailbox.mails.at(-1)?.subject).toBe('2');
  });

  it('refuses a mail of more than 2 MiB', async () => {
    await expect(send({ to: 'ada@example.test', text: 'x\n'.repeat(1_100_000) })).rejects.toThrow(/552|exceeds/);
    expect(mailbox.mails).toHaveLength(0);
  });
});

describe('the JSON API', () => {
  it('lists mails of one recipient, whatever the case of the address, up to a limit', async () => {
    await send(
      { to: 'ada@example.test', subject: 'one', text: '1' },
      { to: 'grace@example.test', subject: 'two', text: '2' },
      { to: 'Ada@example.test', subject: 'three', text: '3' },
    );
    const all = await json<{ subject: string }[]>('/api/mails?to=ADA@example.test');
    expect(all.body.map(({ subject }) => subject)).toEqual(['three', 'one']);
    expect(Object.keys(all.body[0] ?? {})).toEqual(['id', 'from', 'to', 'subject', 'receivedAt', 'text']);
    expect((await json<unknown[]>('/api/mails?limit=2')).body).toHaveLength(2);
  });

  it.each(['0', '501', '1.5', 'many', ''])('answers 400 to the limit "%s"', async (limit) => {
    expect((await json('/api/mails?limit=' + limit)).status).toBe(400);
  });

  it('gives one mail by its id with HTML and headers, and the latest of a recipient', async () => {
    await send(
      { to: 'ada@example.test', subject: 'old', text: 'old' },
      { to: 'ada@example.test', subject: 'new', html: '<i>new</i>' },
    );
    const latest = await json<{ id: string; subject: string }>('/api/mails/latest?to=ada@example.test');
    expect(latest.body.subject).toBe('new');
    const byId = await json<object>(`/api/mails/${latest.body.id}`);
    expect(byId.body).toMatchObject({ html: expect.stringContaining('<i>new</i>'), headers: { subject: 'new' } });
    expect(Date.parse((byId.body as { receivedAt: string }).receivedAt)).toBeLessThanOrEqual(Date.now());
  });

  it('finds the mails of an address in every spelling of its domain', async () => {
    await send({ to: 'ada@müller.example' });
    for (const domain of ['müller.example', 'MÜLLER.example', 'xn--mller-kva.example']) {
      expect((await json<unknown[]>(`/api/mails?to=${encodeURIComponent(`ada@${domain}`)}`)).body).toHaveLength(1);
    }
    expect((await json<unknown[]>('/api/mails?to=ada@muller.example')).body).toEqual([]);
  });

  it('answers 404 in JSON when there is no such mail', async () => {
    for (const path of ['/api/mails/latest?to=nobody@example.test', '/api/mails/unknown', '/api/other']) {
      expect(await json(path)).toEqual({ status: 404, body: { error: 'There is no such mail.' } });
    }
  });

  it('forgets all mails on DELETE', async () => {
    await send({ to: 'ada@example.test', text: 'x' });
    expect((await fetch(`${mailbox.url}/api/mails`, { method: 'DELETE' })).status).toBe(204);
    expect(mailbox.mails).toHaveLength(0);
  });

  it('answers 405 to other methods', async () => {
    expect((await fetch(`${mailbox.url}/api/mails`, { method: 'POST', body: '{}' })).status).toBe(405);
    expect((await fetch(`${mailbox.url}/`, { method: 'POST', body: '{}' })).status).toBe(405);
  });
});

describe('the web page', () => {
  it('says so when no mail has arrived', async () => {
    expect(await (await fetch(mailbox.url)).text()).toContain('No mail has arrived yet.');
  });

  it('shows what mails contain as text, never as markup', async () => {
    const attack = `<script>alert("1")</script>'`;
    await send({ to: 'ada@example.test', subject: attack, text: attack, html: `<p title="x">${attack}</p>` });
    const list = await (await fetch(mailbox.url)).text();
    const mail = await fetch(`${mailbox.url}/mails/${mailbox.mails[0]?.id}`);
    const page = await mail.text();
    expect(list + page).not.toContain('<script>');
    expect(list).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;');
    expect(page).toContain('<iframe sandbox="" title="The mail as HTML" srcdoc="&lt;p title=&quot;x&quot;&gt;');
    expect(mail.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('lists sender, subject and the first line of each mail, and has the look that it is given', async () => {
    const look = { name: 'Harbor & Söhne', color: '#ffcc00' };
    const other = await Mailbox.start({ host: '127.0.0.1', smtpPort: 0, webPort: 0, look });
    other.mails.push({
      ...{ id: 'one', from: 'shop@sallyport.test', to: ['ada@example.test'], subject: '', html: '', headers: {} },
      ...{ receivedAt: '2026-10-01T14:05:09.123Z', text: `\n  ${'long '.repeat(40)}\nsecond line` },
    });
    const list = await (await fetch(other.url)).text();
    await other.stop();
    expect(list).toContain('<title>Mails – Harbor &amp; Söhne mailbox</title>');
    expect(list).toContain('--accent: #ffcc00;');
    expect(list).toContain('<a href="/mails/one">(no subject)</a>');
    expect(list).toMatch(/<p>(long ){28}…<\/p>/);
    expect(list).toContain('shop@sallyport.test to ada@example.test, <time datetime="2026-10-01T14:05:09.123Z">');
  });

  it('answers 404 with a page when there is no such mail', async () => {
    const response = await fetch(`${mailbox.url}/mails/unknown`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('text/html');
  });

  it.each(['localhost:8025', 'LOCALHOST', '127.0.0.1:8025', '[::1]:8025'])('answers to the name %s', async (host) => {
    expect(await statusForHost(host)).toBe(200);
  });

  it.each(['evil.example', 'evil.example:8025', 'localhost.evil.example'])(
    'refuses the foreign name "%s"',
    async (host) => {
      expect(await statusForHost(host)).toBe(421);
    },
  );
});

describe('start and stop', () => {
  it('stops though a client keeps its connection open', async () => {
    const other = await Mailbox.start({ host: '127.0.0.1', smtpPort: 0, webPort: 0 });
    const client = connect(Number(new URL(other.smtpUrl).port), '127.0.0.1').on('error', () => undefined);
    await new Promise((resolve) => client.once('data', resolve));
    await other.stop();
    await expect(fetch(other.url)).rejects.toThrow();
    client.destroy();
  });

  it('rejects with EADDRINUSE when a port is taken, and leaves the other free', async () => {
    const webPort = Number(new URL(mailbox.url).port);
    await expect(Mailbox.start({ host: '127.0.0.1', smtpPort: 0, webPort })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});
