import { Inject, Injectable } from '@nestjs/common';
import { MAIL_SENDER, type CodeMail, type MailSender } from '../../core/mail-sender.js';
import type { CodeDelivery, SendsCodes } from '../../core/method.js';
import { emailTexts } from './email.texts.js';

/** Sends codes to the account's e-mail address, in the account's language. */
@Injectable()
export class EmailMethod implements SendsCodes {
  readonly name = 'email';
  readonly offeredTo = ['customer', 'user'] as const;
  readonly amr = ['otp'] as const;

  constructor(@Inject(MAIL_SENDER) private readonly mailSender: MailSender) {}

  canonical(value: string): string | undefined {
    const digits = value.replaceAll(' ', '');
    return /^\d+$/.test(digits) ? digits : undefined;
  }

  async send(delivery: CodeDelivery): Promise<void> {
    await this.mailSender.send(codeMail(delivery), delivery.signal);
  }
}
function codeMail({ recipient, code, purpose, ttlSeconds }: CodeDelivery): CodeMail {
  const texts = emailTexts(recipient.locale);
  const intro = texts.intro[purpose];
  const life = texts.life(Math.max(1, Math.floor(ttlSeconds / 60)));
  const { subject, language, notYou } = texts;
  return {
    to: recipient.email,
    subject,
    language,
    // the code is alone on its line, so that a double click selects exactly the code
    text: `${intro}\n\n${code}\n\n${life}\n\n${notYou}\n`,
    html: `<!doctype html>
<html lang="${language}">
  <head><meta charset="utf-8"><title>${subject}</title></head>
  <body style="font-family: system-ui, sans-serif; line-height: 1.5; color: #1c2733; max-width: 36rem">
    <p>${intro}</p>
    <p style="font: 700 2rem/1.2 ui-monospace, monospace; letter-spacing: .15em; user-select: all">${code}</p>
    <p>${life}</p>
    <p>${notYou}</p>
  </body>
</html>
`,
  };
}
