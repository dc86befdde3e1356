import { ACCOUNT_PAGES_TEXTS, type PageTexts } from './account-pages.texts.js';

type Language = keyof typeof ACCOUNT_PAGES_TEXTS;

const STYLE = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  body { max-width: 30rem; margin: 0 auto; padding: 1rem; }
  label { display: block; margin-block: 1rem; }
  input { display: block; box-sizing: border-box; width: 100%; font: inherit; padding: 0.5rem; }
  button { font: inherit; padding: 0.5rem 1rem; }
`;

export function confirmationPage(language: Language): string {
  const { confirmation } = ACCOUNT_PAGES_TEXTS[language];
  return page(language, confirmation, { method: 'POST', type: 'customer-confirmation', key: 'registrationKey' }, '');
}

export function restorePage(language: Language): string {
  const { restore, password, repeat } = ACCOUNT_PAGES_TEXTS[language];
  const field = (name: string, label: string): string => `
        <label>${label}
          <input type="password" name="${name}" autocomplete="new-password" maxlength="128" required>
        </label>`;
  const fields = field('password', password) + field('confirmPassword', repeat);
  return page(
    language,
    restore,
    { method: 'PATCH', type: 'customer-restore-password', key: 'restorePasswordKey' },
    fields,
  );
}

/** The request of the page's script: method, resource type, and the attribute for the key. */
interface Target {
  readonly method: 'POST' | 'PATCH';
  readonly type: string;
  readonly key: string;
}

function page(
  language: Language,
  { title, intro, button, done }: PageTexts,
  { method, type, key }: Target,
  fields: string,
): string {
  const { noKey, failed, noScript } = ACCOUNT_PAGES_TEXTS[language];
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>${title}</title>
    <style>${STYLE}</style>
    <script src="account-pages.js" defer></script>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <form data-method="${method}" data-type="${type}" data-key="${key}"
        data-done="${done}" data-no-key="${noKey}" data-failed="${failed}">
        <p>${intro}</p>${fields}
        <button>${button}</button>
      </form>
      <p id="result" role="status"></p>
      <noscript><p>${noScript}</p></noscript>
    </main>
  </body>
</html>
`;
}
