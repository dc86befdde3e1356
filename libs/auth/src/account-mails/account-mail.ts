import { escapeHtml, plainMail, type Mail } from '#platform';
import type { KeyRecipient } from '../account-keys/account-key.repository.js';
import { accountMailTexts, type MailOccasion } from './account-mail-texts.js';

/** The content of a mail with a key. */
export interface MailedKey {
  readonly occasion: MailOccasion;
  readonly key: string;
  readonly ttlSeconds: number;
  /** The URL that accepts the key, without the key. */
  readonly page: string;
  /** Whether the URL is a page for people. Otherwise only programs can use it. */
  readonly hasPage: boolean;
}

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;

/**
 * A mail with a key, and a link with the key in its fragment. The fragment is never sent to a server, so no log
 * contains it.
 */
export function keyMail(
  { email, locale }: KeyRecipient,
  { occasion, key, ttlSeconds, page, hasPage }: MailedKey,
): Mail {
  const { language, whereItGoes, [occasion]: texts } = accountMailTexts(locale);
  const { subject, intro, notYou } = texts;
  const link = `${page}#key=${key}`;
  const life = texts.life(lifeOf(ttlSeconds, language));
  const paragraphs = [
    intro,
    { text: link, html: `<a href="${escapeHtml(link)}">${escapeHtml(texts.link)}</a>` },
    { text: `Key: ${key}`, html: `Key: <code style="user-select: all">${escapeHtml(key)}</code>` },
    ...(hasPage ? [] : [whereItGoes(page)]),
    life,
    notYou,
  ];
  return plainMail({ to: email, subject, language, paragraphs });
}

/** In whole days from two days on, otherwise in hours. */
function lifeOf(seconds: number, language: string): string {
  const unit = seconds >= 2 * DAY_SECONDS ? 'day' : 'hour';
  const amount = Math.floor(seconds / (unit === 'day' ? DAY_SECONDS : HOUR_SECONDS));
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
}
