import type { Page } from 'playwright-core';

const LONGEST_NAME = 100;

/** Texts that are dangerous or awkward in a page, an address or a query. What gets out of its place has the class `hostile`. */
export const HOSTILE_TEXTS: readonly string[] = [
  '<script class=hostile>alert(1)</script>',
  '</title><script class=hostile>alert(1)</script>',
  '"><img class=hostile src=x onerror=alert(1)>',
  '<svg/class=hostile onload=alert(1)>',
  '" class="hostile" autofocus onfocus="alert(1)',
  `' class='hostile' onmouseover='alert(1)`,
  '</form><form class=hostile action=//evil.example>',
  '</main></body><iframe class=hostile src=//evil.example></iframe>',
  '<link class=hostile rel=stylesheet href=//evil.example/x.css>',
  'javascript:alert(1)//',
  '<!-- ]]>',
  '&lt;b class=hostile&gt;&#60;b&#62;',
  '{{7*7}}${7*7}<%= 7*7 %>',
  `'; DROP TABLE customer; --`,
  '=HYPERLINK("//evil.example")',
  '\u202Etxt.exe\u2066',
  '👩\u200D👩\u200D👧\u{1F3F4}',
  '\u0000\u0001%00',
  'W'.repeat(LONGEST_NAME),
  '../../%2e%2e/%5C..\\?a=b&c=d#e',
];

/** How a page has a text that was sent to it: HTML has no character 0. */
const shownAs = (text: string): string => text.replaceAll('\0', '\uFFFD');

/** A form to send hostile texts with. */
export interface HostileForm {
  /** Brings the page with the form. */
  readonly open: (page: Page) => Promise<unknown>;
  /** Its attribute. */
  readonly action: string;
  readonly text: string;
  /** Lists, dates and boxes have the text too, as no browser would send it; else something that is possible. */
  readonly isForged?: boolean;
}

/** Sends hostile texts in all fields of forms, with scripts, and watches what the browser makes of the pages. */
export class HostileVisitor {
  /** What should not have happened. */
  readonly faults: string[] = [];

  private constructor(readonly page: Page) {}

  /** @param signedIn a page whose cookies are used */
  static async beside(signedIn: Page): Promise<HostileVisitor> {
    const page = await signedIn.context().newPage();
    await page.setViewportSize({ width: 320, height: 640 });
    page.setDefaultTimeout(15_000);
    const visitor = new HostileVisitor(page);
    visitor.watch(new URL(signedIn.url()).origin);
    return visitor;
  }

  /**
   * Sends all texts, each in all fields of a form at once. Each shall be in the fields again, or on the page that follows.
   *
   * @param page whose cookies are used
   * @returns what should not have happened
   */
  static async sendAll(page: Page, action: string, open: HostileForm['open'] = (at) => at.goto(action)) {
    const visitor = await HostileVisitor.beside(page);
    for (const [index, text] of HOSTILE_TEXTS.entries())
      await visitor.send({ open, action, text, isForged: index === 0 });
    await visitor.page.close();
    return visitor.faults;
  }

  /** Sends one form. */
  async send({ open, action, text, isForged = false }: HostileForm): Promise<void> {
    const { page } = this;
    const ofAction = `form[action=${JSON.stringify(action)}]`;
    const form = page.locator(ofAction).last();
    // what a page keeps in hidden fields would be sent in place of the text
    const isThere = (await page.locator(`:root:not(:has(dialog)) ${ofAction}:not(:has([type=hidden]))`).count()) > 0;
    if (!isThere) await open(page);
    const isInDialog = await form.evaluate(fillAndSend, { text, isForged });
    const done = isInDialog ? '' : ', :root:has(dialog[open])';
    await page.locator(`:root:not(:has(form[data-old]))${done}`).waitFor({ state: 'attached' });
    await page.waitForLoadState();
    await this.look(action, text);
  }

  /** Visits a page that shall show a stored text. */
  async read(path: string, text: string): Promise<void> {
    await this.page.goto(path);
    await this.look('', text);
  }

  /** Looks for the text in all fields of the form, or on the page that has no such form, and for what got out of its place. */
  private async look(action: string, text: string): Promise<void> {
    const note = (what: string): void => void this.faults.push(`${this.page.url()} with ${text}: ${what}`);
    const { fields, read, strange } = await this.page.evaluate(inspect, action);
    strange.forEach(note);
    if (!fields && !read.includes(shownAs(text))) note(`shows ${read}`);
    for (const [name, value] of fields ?? []) if (value !== shownAs(text)) note(`has ${value} in ${name}`);
  }

  private watch(origin: string): void {
    const { page, faults } = this;
    const note = (what: string): void => void faults.push(`${page.url()}: ${what}`);
    page.on('dialog', (dialog) => {
      note(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('pageerror', (error) => note(String(error)));
    page.on('console', (message) => {
      const isStatus = message.text().startsWith('Failed to load resource: the server responded with a status of 4');
      if (message.type() === 'error' && !isStatus) note(message.text());
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== origin) note(`request to ${request.url()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 500) note(`status ${response.status()} of ${response.url()}`);
    });
  }
}

/** Runs in the browser. @returns whether the form is in a dialog */
function fillAndSend(form: SVGElement | HTMLElement, { text, isForged }: { text: string; isForged: boolean }): boolean {
  if (!(form instanceof HTMLFormElement)) throw new Error('no form');
  form.noValidate = true;
  for (const field of form.elements) {
    if (field instanceof HTMLSelectElement) {
      const possible = Array.from(field.options).find(({ value }) => value !== '')?.value ?? '';
      if (isForged) field.add(new Option(text, text));
      field.value = isForged ? text : possible;
    }
    if (!(field instanceof HTMLInputElement) || (field.type === 'hidden' && !isForged)) continue;
    if (field.type === 'checkbox' || field.type === 'radio') {
      field.checked = true;
      if (isForged) field.value = text;
    } else if (field.type.startsWith('date') && !isForged) {
      field.value = field.type === 'date' ? '1990-01-31' : '2090-01-31T08:00';
    } else {
      if (field.type.startsWith('date')) field.type = 'text';
      field.value = text;
    }
  }
  form.dataset['old'] = '';
  form.requestSubmit(form.querySelector('button'));
  return form.closest('dialog') !== null;
}

/** Runs in the browser. @returns what is in the fields of a form, without codes and passwords; what can be read; what is strange */
function inspect(action: string) {
  const form = Array.from(document.forms).findLast((one) => one.getAttribute('action') === action);
  const shown = ':not(.code):is([type=text], [type=search], [type=email], [type=tel], :not([type]))';
  const inputs = Array.from(form?.elements ?? []).filter((one) => one.matches(`input${shown}`)) as HTMLInputElement[];
  const loose = Array.from(
    document.querySelectorAll('.hostile, script:not([src^="/assets/"])'),
    ({ outerHTML }) => outerHTML,
  );
  const links = Array.from(document.links).filter(({ origin }) => origin !== location.origin);
  const wider = document.documentElement.scrollWidth - innerWidth;
  return {
    fields: form && inputs.map(({ name, value }) => [name, value] as const),
    read: document.body.textContent,
    strange: [
      ...loose,
      ...links.map(({ href }) => `link to ${href}`),
      ...(wider > 0 ? [`${wider} px wider than the window`] : []),
    ],
  };
}
