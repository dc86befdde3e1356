import type { ReceivedMail } from './received-mail.js';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const STYLE = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
  table { border-collapse: collapse; width: 100%; }
  caption { text-align: start; padding-block: 0.5rem; }
  th, td { text-align: start; padding: 0.5rem; border-block-end: 1px solid GrayText; overflow-wrap: anywhere; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }
  dt { font-weight: bold; }
  dd { margin: 0; overflow-wrap: anywhere; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid GrayText; padding: 1rem; font-size: 1rem; }
  iframe { width: 100%; height: 40rem; border: 1px solid GrayText; background: white; }
`;

/** The page with all mails, newest first. */
export function listPage(mails: readonly ReceivedMail[]): string {
  const table = `
    <table>
      <caption>${mails.length} ${mails.length === 1 ? 'mail' : 'mails'}, newest first</caption>
      <thead><tr><th scope="col">Received</th><th scope="col">To</th><th scope="col">Subject</th></tr></thead>
      <tbody>${mails.map(row).join('')}</tbody>
    </table>`;
  return document(
    'Mails',
    `<h1>Mails</h1>
    <p><a href="/">Look for new mails</a></p>
    ${mails.length > 0 ? table : '<p>No mail has arrived yet.</p>'}`,
  );
}

function row({ id, to, subject, receivedAt }: ReceivedMail): string {
  return `
      <tr>
        <td>${time(receivedAt)}</td>
        <td>${escape(to.join(', '))}</td>
        <td><a href="/mails/${escape(id)}">${escape(subject) || '(no subject)'}</a></td>
      </tr>`;
}

/** The page of one mail: its text, and its HTML in a sandboxed frame. */
export function mailPage({ from, to, subject, receivedAt, text, html }: ReceivedMail): string {
  const title = subject || '(no subject)';
  const frame = `<h2>HTML</h2>
    <iframe sandbox="" title="The mail as HTML" srcdoc="${escape(html)}"></iframe>`;
  return document(
    title,
    `<p><a href="/">All mails</a></p>
    <h1>${escape(title)}</h1>
    <dl>
      <dt>From</dt><dd>${escape(from)}</dd>
      <dt>To</dt><dd>${escape(to.join(', '))}</dd>
      <dt>Received</dt><dd>${time(receivedAt)}</dd>
    </dl>
    <h2>Text</h2>
    <pre>${escape(text)}</pre>
    ${html ? frame : ''}`,
  );
}

export function errorPage(message: string): string {
  return document(message, `<h1>${escape(message)}</h1>\n    <p><a href="/">All mails</a></p>`);
}

function time(receivedAt: string): string {
  return `<time datetime="${escape(receivedAt)}">${escape(receivedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'))}</time>`;
}

function document(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>${escape(title)} – Sallyport mailbox</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
    ${main}
    </main>
  </body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
