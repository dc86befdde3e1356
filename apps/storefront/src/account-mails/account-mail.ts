import type { KeyPurpose } from '#auth';
import { escapeHtml, plainMail, type Mail } from '#platform';
import { accountMailTexts } from './account-mails.texts.js';
import type { Recipient } from './recipients.repository.js';

/** What a mail with a key is made of. */
export interface MailedKey {
  readonly purpose: KeyPurpose;
  readonly key: string;
  readonly ttlSeconds: number;
  /** URL of the page that takes the key, without the key. */
  readonly page: string;
}

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;

/** A mail with a key, and a link with the key in its fragment, which no server and no log gets to see. */
export function keyMail({ email, locale }: Recipient, { purpose, key, ttlSeconds, page }: MailedKey): Mail {
  const { language, [purpose]: texts } = accountMailTexts(locale);
  const { subject, intro, notYou } = texts;
  const link = `${page}#key=${key}`;
  const life = texts.life(lifeOf(ttlSeconds, language));
  const paragraphs = [
    intro,
    { text: link, html: `<a href="${escapeHtml(link)}">${escapeHtml(texts.link)}</a>` },
    { text: `Key: ${key}`, html: `Key: <code style="user-select: all">${escapeHtml(key)}</code>` },
    life,
    notYou,
  ];
  return plainMail({ to: email, subject, language, paragraphs });
}

/** Whole days from two days on, hours below. */
function lifeOf(seconds: number, language: string): string {
  const unit = seconds >= 2 * DAY_SECONDS ? 'day' : 'hour';
  const amount = Math.floor(seconds / (unit === 'day' ? DAY_SECONDS : HOUR_SECONDS));
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
}
