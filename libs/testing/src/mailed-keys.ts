import type { TestApp } from './test-app.js';

type ReceivedMail = TestApp['mailbox']['mails'][number];
type MailingApp = Pick<TestApp, 'mailbox' | 'mailsSent'>;

/** The mails to an address, newest first, after all mails of earlier requests are sent. */
export async function mailsTo(app: MailingApp, address: string): Promise<ReceivedMail[]> {
  await app.mailsSent();
  return app.mailbox.mails.filter(({ to }) => to.includes(address));
}

/** The key in the newest mail to an address that contains one. */
export async function mailedKey(app: MailingApp, address: string): Promise<string> {
  const keys = (await mailsTo(app, address)).flatMap(({ text }) => /^Key: (\S+)$/m.exec(text)?.[1] ?? []);
  if (!keys[0]) throw new Error(`no mail with a key was sent to ${address}`);
  return keys[0];
}
