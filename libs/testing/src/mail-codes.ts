import type { Mailbox } from '#platform';

/** The code in the newest mail to an address. */
export function mailedCode(mailbox: Mailbox, to: string): string {
  const mail = mailbox.mails.find((one) => one.to.includes(to));
  const code = mail?.text.match(/^\d{6,10}$/m)?.[0];
  if (!code) throw new Error(`no mail with a code was sent to ${to}`);
  return code;
}

/** A value of the same length that is not the code. */
export function wrongCode(code: string): string {
  return String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0');
}
