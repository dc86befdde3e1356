import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Mailbox } from '../embedded/mailbox.js';
import { Mailer } from './mailer.js';

describe('A mail', () => {
  let mailbox: Mailbox;
  let mailer: Mailer;

  beforeAll(async () => {
    mailbox = await Mailbox.start({ host: '127.0.0.1', smtpPort: 0, webPort: 0 });
    mailer = new Mailer(mailbox.smtpUrl, { name: 'Harbor, Supply & Söhne', address: 'no-reply@shop.example' });
  });
  afterAll(async () => {
    mailer.onApplicationShutdown();
    await mailbox.stop();
  });

  it('comes from one sender with a name, and asks for no automatic answer', async () => {
    const content = { subject: 'Code', text: 'Code', html: '<p>Code</p>', language: 'en' };
    await mailer.send({ to: 'ada@civic.example', reference: 'once', ...content });
    const [mail] = mailbox.mails;
    expect(mail).toMatchObject({
      from: 'no-reply@shop.example',
      headers: {
        'message-id': '<once@shop.example>',
        'auto-submitted': 'auto-generated',
        'x-auto-response-suppress': 'All',
      },
    });
    expect(mail?.headers['from']).toMatch(/^=\?UTF-8\?.*\?= <no-reply@shop\.example>$/);
  });
});
