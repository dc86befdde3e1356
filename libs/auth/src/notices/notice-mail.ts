import { layOutMail, mailLanguage, momentInWords, whenAndWhere, type Look } from '#look';
import type { Recipient } from '#mfa';
import type { Mail } from '#platform';
import type { Notice } from './notice.js';
import { NOTICE_TEXTS, type NoticeOccasion } from './notice-texts.js';

/** From this number down, the mail advises to create new codes. */
const FEW = 3;

/**
 * Tells what happened, when, from where, and what to do if it was not the recipient. It has no link, so that people do
 * not learn to follow links in such mails.
 */
export function noticeMail({ email, locale }: Recipient, notice: Notice, reference: string, look: Look): Mail {
  const language = mailLanguage(locale);
  const { methods, occasions } = NOTICE_TEXTS[language];
  const { subject, intro, notYou } = occasions[occasionOf(notice)];
  const { method, lockedUntil, remaining, clientAddress } = notice;
  const at = new Date(notice.at);
  const what = {
    at: momentInWords(at, language),
    // a method without a text is called by its name
    method: method ? (methods.get(method) ?? method) : undefined,
    until: lockedUntil ? momentInWords(new Date(lockedUntil), language) : undefined,
    left: remaining ?? 0,
  };
  const facts = whenAndWhere({ at, clientAddress: clientAddress ?? undefined }, language);
  const parts = [intro(what), { facts }, { notice: notYou }];
  return { to: email, reference, ...layOutMail({ language, subject, parts }, look) };
}

/** Chooses the text. Lists of codes have their own texts. */
function occasionOf({ event, remaining }: Notice): NoticeOccasion {
  const isList = typeof remaining === 'number';
  if (event === 'activated' && isList) return 'list-made';
  if (event === 'backup-used' && isList && remaining <= FEW) return 'few-left';
  return event;
}
