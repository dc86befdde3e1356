import type { KeyPurpose } from '#auth';
import type { Mail } from '#platform';
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
  return {
    to: email,
    subject,
    language,
    text: `${intro}\n\n${link}\n\nKey: ${key}\n\n${life}\n\n${notYou}\n`,
    html: html(language, subject, [
      escaped(intro),
      `<a href="${escaped(link)}">${escaped(texts.link)}</a>`,
      `Key: <code style="user-select: all">${escaped(key)}</code>`,
      escaped(life),
      escaped(notYou),
    ]),
  };
}

/** The notice that goes to an address that is no longer the account's; it does not tell the new one. */
export function emailChangedMail({ email, locale }: Recipient): Mail {
  const { language, emailChanged } = accountMailTexts(locale);
  const { subject, intro, notYou } = emailChanged;
  return {
    to: email,
    subject,
    language,
    text: `${intro}\n\n${notYou}\n`,
    html: html(language, subject, [escaped(intro), escaped(notYou)]),
  };
}

function html(language: string, subject: string, paragraphs: readonly string[]): string {
  return `<!doctype html>
<html lang="${language}">
  <head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
  <body style="font-family: system-ui, sans-serif; line-height: 1.5; color: #1c2733; max-width: 36rem">
${paragraphs.map((paragraph) => `    <p>${paragraph}</p>`).join('\n')}
  </body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Whole days from two days on, hours below. */
function lifeOf(seconds: number, language: string): string {
  const unit = seconds >= 2 * DAY_SECONDS ? 'day' : 'hour';
  const amount = Math.floor(seconds / (unit === 'day' ? DAY_SECONDS : HOUR_SECONDS));
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
}
