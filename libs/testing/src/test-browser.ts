import { existsSync } from 'node:fs';
import type axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
const SIZES = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
];

/** `target-size` is a rule of WCAG 2.2, which axe does not check by default. */
const CHECKS: axe.RunOptions = { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } };

/** A real browser for the tests of pages. */
export class TestBrowser {
  private constructor(private readonly browser: Browser) {}

  /** @param keepsPages as browsers of people do, to go back to them at once. Playwright's `goBack` waits in vain for such a page. */
  static async launch({ keepsPages = false } = {}): Promise<TestBrowser> {
    if (!existsSync(CHROMIUM)) throw new Error(`The tests of pages need ${CHROMIUM}: apt-get install chromium`);
    const { chromium } = await import('playwright-core'); // large, and most tests need none of it
    const options = {
      executablePath: CHROMIUM,
      args: ['--no-sandbox'],
      ignoreDefaultArgs: keepsPages ? ['--disable-back-forward-cache'] : [],
    };
    return new TestBrowser(await chromium.launch(options));
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  /**
   * A window of its own, with cookies of its own. Requests to other hosts, and what the policy of a page refuses, fail the
   * test.
   */
  async open(baseURL: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await this.browser.newContext({ baseURL, locale: 'en-US', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('console', (message) => {
      if (/Content.Security.Policy/i.test(message.text())) throw new Error(message.text());
    });
    page.on('request', (request) => {
      const { host, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && host !== new URL(baseURL).host) throw new Error(request.url());
    });
    return page;
  }
}

/** What is in the way of people on a page: findings of axe, and what is wider than the window, at 320 and 1280 px. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const { default: checks } = await import('axe-core');
  await page.evaluate(checks.source);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const { violations } = await page.evaluate(
      (options) => (globalThis as unknown as { axe: typeof axe }).axe.run(document, options),
      CHECKS,
    );
    faults.push(...violations.map(({ id, nodes }) => `${page.url()} ${size.width}: ${id} ${nodes[0]?.html ?? ''}`));
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    if (Number(overflow) > 0) faults.push(`${page.url()} ${size.width}: ${String(overflow)} px wider than the window`);
  }
  return faults;
}
