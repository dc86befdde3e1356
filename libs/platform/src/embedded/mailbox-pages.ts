import { colorTokens, escapeHtml, type Look } from '#look';
import type { ReceivedMail } from './received-mail.js';

/** The colours are those of the pages. */
const RULES = `
*, *::before, *::after { box-sizing: border-box; }
html { font: 100%/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
body { margin: 0; background: var(--ground); color: var(--text); overflow-wrap: anywhere; }
header { background: var(--surface); border-bottom: 1px solid var(--soft); }
header p, main { max-width: 56rem; margin: 0 auto; padding: 0.75rem 1rem; }
.brand { font-weight: 700; font-size: 1.1rem; color: var(--text); text-decoration: none; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 1rem 0; }
h2 { font-size: 1.2rem; margin: 1.5rem 0 0.5rem; }
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
ul { list-style: none; margin: 0; padding: 0; }
ul a { font-weight: 600; }
.card { margin: 0 0 1rem; padding: 1rem 1.25rem; background: var(--surface); border: 1px solid var(--soft); border-radius: 0.5rem; }
.card p { margin: 0.25rem 0 0; }
.muted, dt { color: var(--muted); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }
dd { margin: 0; }
pre { font: inherit; white-space: pre-wrap; }
iframe { display: block; width: 100%; height: 44rem; border: 1px solid var(--soft); border-radius: 0.5rem; }
`;

const PREVIEW_LENGTH = 140;

/** The web pages of the mailbox. */
export class MailboxPages {
  private readonly name: string;
  private readonly stylesheet: string;

  constructor({ name, color }: Look) {
    this.name = name === '' ? 'Mailbox' : `${name} mailbox`;
    this.stylesheet = colorTokens(color) + RULES;
  }

  /** All mails, newest first. */
  list(mails: readonly ReceivedMail[]): string {
    const count = `${mails.length} ${mails.length === 1 ? 'mail' : 'mails'}, newest first.`;
    return this.document(
      'Mails',
      `<h1>Mails</h1>
      <p>${mails.length > 0 ? count : 'No mail has arrived yet.'} <a href="/">Look for new mails</a></p>
      <ul>${mails.map(listItem).join('')}</ul>`,
    );
  }

  /** One mail: its HTML in a sandboxed frame, and its text. */
  mail({ from, to, subject, receivedAt, text, html }: ReceivedMail): string {
    const title = subject || NO_SUBJECT;
    const frame = `<h2>HTML</h2>
      <iframe sandbox="" title="The mail as HTML" srcdoc="${escapeHtml(html)}"></iframe>`;
    return this.document(
      title,
      `<p><a href="/">All mails</a></p>
      <h1>${escapeHtml(title)}</h1>
      <dl>
        <dt>From</dt><dd>${escapeHtml(from)}</dd>
        <dt>To</dt><dd>${escapeHtml(to.join(', '))}</dd>
        <dt>Received</dt><dd>${time(receivedAt)}</dd>
      </dl>
      ${html ? frame : ''}
      <h2>Text</h2>
      <pre class="card">${escapeHtml(text)}</pre>`,
    );
  }

  error(message: string): string {
    return this.document(message, `<h1>${escapeHtml(message)}</h1>\n      <p><a href="/">All mails</a></p>`);
  }

  private document(title: string, main: string): string {
    return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(`${title} – ${this.name}`)}</title>
    <style>${this.stylesheet}</style>
  </head>
  <body>
    <header><p><a class="brand" href="/">${escapeHtml(this.name)}</a></p></header>
    <main>
      ${main}
    </main>
  </body>
</html>
`;
  }
}

const NO_SUBJECT = '(no subject)';

function listItem({ id, from, to, subject, receivedAt, text }: ReceivedMail): string {
  const preview = /\S.*/.exec(text)?.[0] ?? '';
  const shown = preview.length > PREVIEW_LENGTH ? `${preview.slice(0, PREVIEW_LENGTH)}…` : preview;
  return `
        <li class="card">
          <a href="/mails/${escapeHtml(id)}">${escapeHtml(subject || NO_SUBJECT)}</a>
          <p>${escapeHtml(shown)}</p>
          <p class="muted">${escapeHtml(from)} to ${escapeHtml(to.join(', '))}, ${time(receivedAt)}</p>
        </li>`;
}

function time(receivedAt: string): string {
  const readable = receivedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
  return `<time datetime="${escapeHtml(receivedAt)}">${escapeHtml(readable)}</time>`;
}
