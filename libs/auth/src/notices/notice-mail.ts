import type { Recipient } from '#mfa';
import { plainMail, type Mail } from '#platform';
import type { Notice } from './notice.js';
import { noticeTexts, type NoticeOccasion } from './notice-texts.js';

/** From this number down, the mail advises to create new codes. */
const FEW = 3;

/**
 * Tells what happened, when, and what to do if it was not the recipient. It has no link, so that people do not learn to
 * follow links in such mails.
 */
export function noticeMail({ email, locale }: Recipient, notice: Notice, reference: string): Mail {
  const { language, dates, methods, occasions } = noticeTexts(locale);
  const { subject, intro, notYou } = occasions[occasionOf(notice)];
  const moment = new Intl.DateTimeFormat(dates, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  const inWords = (time: string): string => `${moment.format(new Date(time))} UTC`;
  const { at, method, lockedUntil, remaining } = notice;
  const facts = {
    at: inWords(at),
    // a method without a text is called by its name
    method: method ? (methods.get(method) ?? method) : undefined,
    until: lockedUntil ? inWords(lockedUntil) : undefined,
    left: remaining ?? 0,
  };
  return plainMail({ to: email, subject, language, reference, paragraphs: [intro(facts), notYou] });
}

/** Chooses the text. Lists of codes have their own texts. */
function occasionOf({ event, remaining }: Notice): NoticeOccasion {
  const isList = typeof remaining === 'number';
  if (event === 'activated' && isList) return 'list-made';
  if (event === 'backup-used' && isList && remaining <= FEW) return 'few-left';
  return event;
}
