import { Inject, Injectable } from '@nestjs/common';
import { DEFAULT_LOOK, layOutMail, mailLanguage, whenAndWhere, type LaidOutMail, type Look } from '#look';
import { MAIL_SENDER, type MailSender } from '../../core/mail-sender.js';
import type { CodeDelivery, SendsCodes } from '../../core/method.js';
import { MFA_OPTIONS, type MfaOptions } from '../../core/mfa.options.js';
import { EMAIL_TEXTS } from './email.texts.js';

/** The member of `methodOptions` for this method. */
export interface EmailOptions {
  /** The name of the shop at the top of mails, and its colour, such as `#0b5cad`. Default: no name, blue. */
  readonly email?: Look;
}

/** Sends codes to the account's e-mail address, in the account's language. */
@Injectable()
export class EmailMethod implements SendsCodes {
  readonly name = 'email';
  readonly offeredTo = ['customer', 'user'] as const;
  readonly amr = ['otp'] as const;
  private readonly look: Look;

  constructor(
    @Inject(MAIL_SENDER) private readonly mailSender: MailSender,
    @Inject(MFA_OPTIONS) { methodOptions }: Pick<MfaOptions, 'methodOptions'>,
  ) {
    this.look = (methodOptions as EmailOptions | undefined)?.email ?? DEFAULT_LOOK;
  }

  canonical(value: string): string | undefined {
    const digits = value.replaceAll(' ', '');
    return /^\d+$/.test(digits) ? digits : undefined;
  }

  async send(delivery: CodeDelivery): Promise<void> {
    const mail = { to: delivery.recipient.email, ...codeMail(delivery, this.look) };
    await this.mailSender.send(mail, delivery.signal);
  }
}

/**
 * The code comes first in the line beside the subject, so that the mail need not be opened. It is not in the subject: mail
 * servers write subjects into their logs.
 */
function codeMail({ recipient, code, purpose, occasion, ...delivery }: CodeDelivery, look: Look): LaidOutMail {
  const { requestedAt, origin, ttlSeconds } = delivery;
  const language = mailLanguage(recipient.locale);
  const { subject, occasions, title, preview, life, notYou } = EMAIL_TEXTS[language];
  const facts = whenAndWhere({ ...origin, at: requestedAt }, language);
  const what = occasions[occasion];
  return layOutMail(
    {
      ...{ language, subject, title: title(what), preview: preview(code, what) },
      parts: [{ code }, life(Math.max(1, Math.floor(ttlSeconds / 60))), { facts }, { notice: notYou[purpose] }],
    },
    look,
  );
}
