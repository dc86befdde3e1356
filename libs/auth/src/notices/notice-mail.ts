import { plainMail, type Mail } from '#platform';
import type { Notice } from './notice.js';
import type { NoticeRecipient } from './notice-recipients.repository.js';
import { noticeTexts } from './notice-texts.js';

/** A mail without a link, so that nobody learns to follow one: what happened, when, and what to do if it was not you. */
export function noticeMail({ email, locale }: NoticeRecipient, notice: Notice, reference: string): Mail {
  const { language, dates, events } = noticeTexts(locale);
  const { subject, intro, notYou } = events[notice.event];
  const moment = new Intl.DateTimeFormat(dates, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  const inWords = (time: string): string => `${moment.format(new Date(time))} UTC`;
  const { at, method, lockedUntil } = notice;
  const facts = { at: inWords(at), method: method ?? undefined, until: lockedUntil ? inWords(lockedUntil) : undefined };
  return plainMail({ to: email, subject, language, reference, paragraphs: [intro(facts), notYou] });
}
