import type { Mail } from './mailer.js';

/** A paragraph of a mail: text, and HTML if it differs from the text. */
export type Paragraph = string | { readonly text: string; readonly html: string };

interface PlainMail extends Omit<Mail, 'text' | 'html'> {
  readonly paragraphs: readonly Paragraph[];
}

/** Builds a mail from paragraphs, as text and as HTML. Plain text is escaped in the HTML. */
export function plainMail({ paragraphs, ...mail }: PlainMail): Mail {
  const { language, subject } = mail;
  const texts = paragraphs.map((paragraph) => (typeof paragraph === 'string' ? paragraph : paragraph.text));
  const html = paragraphs.map((paragraph) => (typeof paragraph === 'string' ? escapeHtml(paragraph) : paragraph.html));
  return {
    ...mail,
    text: `${texts.join('\n\n')}\n`,
    html: `<!doctype html>
<html lang="${language}">
  <head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
  <body style="font-family: system-ui, sans-serif; line-height: 1.5; color: #1c2733; max-width: 36rem">
${html.map((paragraph) => `    <p>${paragraph}</p>`).join('\n')}
  </body>
</html>
`,
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
