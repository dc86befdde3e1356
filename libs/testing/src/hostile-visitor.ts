import type { Page } from 'playwright-core';

/** How a page has a text that was sent to it: HTML has no character 0, and its fields no line breaks. */
const shownAs = (text: string): string => text.replaceAll('\0', '\uFFFD').replace(/[\r\n]/g, '');

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

/** Sends hostile texts in all fields of forms, with scripts, and watches what the browser makes of pages and mails. */
export class HostileVisitor {
  /** What should not have happened. */
  readonly faults: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly origins: readonly string[],
  ) {}

  /**
   * @param signedIn a page whose cookies are used, and whose host may be asked
   * @param linked another origin that links may lead to
   */
  static async beside(signedIn: Page, linked?: string): Promise<HostileVisitor> {
    const page = await signedIn.context().newPage();
    await page.setViewportSize({ width: 320, height: 640 });
    page.setDefaultTimeout(15_000);
    const { origin } = new URL(signedIn.url());
    const visitor = new HostileVisitor(page, linked === undefined ? [origin] : [origin, linked]);
    visitor.watch(origin);
    return visitor;
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

  /** Shows a mail as programs do that refuse nothing. */
  async readMail(html: string, text: string): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.setContent(html);
    await this.look('', text);
  }

  /** Looks for the text in all fields of the form, or on the page that has no such form, and for what got out of its place. */
  private async look(action: string, text: string): Promise<void> {
    const note = (what: string): void => void this.faults.push(`${this.page.url()} with ${text}: ${what}`);
    const [page, ...frames] = this.page.frames();
    const { fields, read, ...found } = await page!.evaluate(inspect, action);
    const all = [found, ...(await Promise.all(frames.map((frame) => frame.evaluate(inspect, ''))))];
    all.flatMap(({ strange }) => strange).forEach(note);
    const isElsewhere = (link: string): boolean => !URL.canParse(link) || !this.origins.includes(new URL(link).origin);
    all.flatMap(({ links }) => links.filter(isElsewhere)).forEach((link) => note(`link to ${link}`));
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
      if (/[\r\n]/.test(text)) field.type = 'hidden'; // the others drop line breaks
      field.value = text;
    }
  }
  form.dataset['old'] = '';
  form.requestSubmit(form.querySelector('button'));
  return form.closest('dialog') !== null;
}

/** Runs in the browser. @returns what is in the fields of a form, without codes and passwords; what can be read; where links lead; what is strange */
function inspect(action: string) {
  const form = Array.from(document.forms).findLast((one) => one.getAttribute('action') === action);
  const shown = ':not(.code):is([type=text], [type=search], [type=email], [type=tel], :not([type]))';
  const inputs = Array.from(form?.elements ?? []).filter((one) => one.matches(`input${shown}`)) as HTMLInputElement[];
  const loose = Array.from(
    document.querySelectorAll('.hostile, script:not([src^="/assets/"])'),
    ({ outerHTML }) => outerHTML,
  );
  const wider = document.documentElement.scrollWidth - innerWidth;
  return {
    fields: form && inputs.map(({ name, value }) => [name, value] as const),
    read: document.body.textContent,
    links: Array.from(document.links, ({ href }) => href),
    strange: [...loose, ...(wider > 0 ? [`${wider} px wider than the window`] : [])],
  };
}
