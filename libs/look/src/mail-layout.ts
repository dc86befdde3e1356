import { escapeHtml } from './escape-html.js';
import type { Fact, Language } from './mail-words.js';
import { mailStyles, type MailStyles } from './mail-styles.js';
import type { Look } from './palette.js';

/** A part of a mail. A string is a paragraph. */
export type MailPart =
  | string
  /** Is selected in one piece, and has a line of its own in the text. */
  | { readonly code: string; readonly label?: string }
  /** A button, and the link to read below it. */
  | { readonly link: string; readonly label: string }
  | { readonly facts: readonly Fact[] }
  /** What stands out: what to do if it was not you. */
  | { readonly notice: string };

export interface MailContent {
  readonly language: Language;
  readonly subject: string;
  /** The heading. Default: the subject. */
  readonly title?: string;
  /** The line that programs show beside the subject before a mail is opened. Default: the first paragraph. */
  readonly preview?: string;
  readonly parts: readonly MailPart[];
}

/** A mail in both its forms. */
export interface LaidOutMail {
  readonly language: Language;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Above this length a code is a key to copy and not to type. */
const TYPED_LENGTH = 10;

/** Lays a mail out as text and as HTML. Everything in it is text, whatever it contains. */
export function layOutMail({ parts, ...content }: MailContent, look: Look): LaidOutMail {
  const { language, subject, preview } = content;
  const shown = parts.filter((part) => typeof part === 'string' || !('facts' in part) || part.facts.length > 0);
  const texts = [line(preview ?? ''), ...shown.map(textOf), line(look.name)].filter((one) => one !== '');
  const text = `${texts.join('\n\n')}\n`;
  return { language, subject, text, html: document({ ...content, parts: shown }, look) };
}

/** A name cannot begin a line of its own in the text, where it would pass for a part of the mail. */
function line(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

function textOf(part: MailPart): string {
  if (typeof part === 'string') return line(part);
  if ('code' in part) return line(part.label === undefined ? part.code : `${part.label}: ${part.code}`);
  if ('link' in part) return line(part.link);
  if ('facts' in part) return part.facts.map(([label, value]) => line(`${label}: ${value}`)).join('\n');
  return line(part.notice);
}

function htmlOf(part: MailPart, { paragraph, small, notice, code, key, button, link }: MailStyles): string {
  if (typeof part === 'string') return `<p ${paragraph}>${escapeHtml(part)}</p>`;
  if ('notice' in part) return `<p ${notice}>${escapeHtml(part.notice)}</p>`;
  if ('facts' in part) {
    return `<p ${small}>${part.facts.map(([label, value]) => escapeHtml(`${label}: ${value}`)).join('<br>')}</p>`;
  }
  if ('code' in part) {
    const label = part.label === undefined ? '' : `<p ${small}>${escapeHtml(part.label)}:</p>\n`;
    return `${label}<p ${part.code.length > TYPED_LENGTH ? key : code}>${escapeHtml(part.code)}</p>`;
  }
  const href = `href="${escapeHtml(part.link)}"`;
  return `<p ${paragraph}><a ${href} ${button}>${escapeHtml(part.label)}</a></p>
<p ${small}><a ${href} ${link}>${escapeHtml(part.link)}</a></p>`;
}

/** Not shown in the mail: programs take the line beside the subject from the beginning of its text. */
const HIDDEN = 'style="display:none;max-height:0;overflow:hidden;mso-hide:all"';
/** Old programs know no other way to put something into the middle of a window. */
const TABLE = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"';

function document({ language, subject, title = subject, preview, parts }: MailContent, { name, color }: Look): string {
  const styles = mailStyles(color);
  const firstLine = preview ?? parts.find((part) => typeof part === 'string') ?? subject;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<title>${escapeHtml(subject)}</title>
<style>${styles.sheet}</style>
</head>
<body ${styles.body}>
<div ${HIDDEN}>${escapeHtml(firstLine)}</div>
<div role="main" lang="${language}">
<table ${TABLE} ${styles.body}><tr><td align="center" style="padding:24px 12px">
<table ${TABLE} ${styles.card}>
<tr><td ${name ? styles.band : styles.stripe}>${escapeHtml(name) || '&nbsp;'}</td></tr>
<tr><td style="padding:24px 24px 8px">
<h1 ${styles.heading}>${escapeHtml(title)}</h1>
${parts.map((part) => htmlOf(part, styles)).join('\n')}
</td></tr>
</table>
</td></tr></table>
</div>
</body>
</html>
`;
}
