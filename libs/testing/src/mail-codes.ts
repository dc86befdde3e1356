import type { Mailbox } from '#platform';

/** The code in the newest mail to an address that contains one. Notices may arrive in between. */
export function mailedCode(mailbox: Mailbox, to: string): string {
  const mails = mailbox.mails.filter((one) => one.to.includes(to));
  const [code] = mails.flatMap(({ text }) => text.match(/^\d{6,10}$/m)?.[0] ?? []);
  if (!code) throw new Error(`no mail with a code was sent to ${to}`);
  return code;
}

/** A wrong code of the same length. */
export function wrongCode(code: string): string {
  return String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0');
}
