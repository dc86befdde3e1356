import { layOutMail, mailLanguage, whenAndWhere, type Language, type Look } from '#look';
import type { Mail } from '#platform';
import type { KeyRecipient } from '../account-keys/account-key.repository.js';
import { ACCOUNT_MAIL_TEXTS, type MailOccasion } from './account-mail-texts.js';

/** The content of a mail with a key. */
export interface MailedKey {
  readonly occasion: MailOccasion;
  readonly key: string;
  readonly ttlSeconds: number;
  /** The URL of the page that takes the key, without the key. */
  readonly page: string;
  /** Where it was asked for. Unknown if an administrator did. */
  readonly clientAddress?: string | undefined;
}

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;

/**
 * A mail with a key, and a link with the key in its fragment. The fragment is never sent to a server, so no log
 * contains it.
 */
export function keyMail(
  { email, locale }: KeyRecipient,
  { occasion, key, ttlSeconds, page, clientAddress }: MailedKey,
  look: Look,
): Mail {
  const language = mailLanguage(locale);
  const { [occasion]: texts } = ACCOUNT_MAIL_TEXTS[language];
  const parts = [
    texts.intro,
    { link: `${page}#key=${key}`, label: texts.link },
    { code: key, label: 'Key' },
    texts.life(lifeOf(ttlSeconds, language)),
    { facts: whenAndWhere({ clientAddress }, language) },
    { notice: texts.notYou },
  ];
  return { to: email, ...layOutMail({ language, subject: texts.subject, parts }, look) };
}

/** In whole days from two days on, otherwise in hours. */
function lifeOf(seconds: number, language: Language): string {
  const unit = seconds >= 2 * DAY_SECONDS ? 'day' : 'hour';
  const amount = Math.floor(seconds / (unit === 'day' ? DAY_SECONDS : HOUR_SECONDS));
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
}
