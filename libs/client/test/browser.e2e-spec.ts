import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { ADDRESS } from '../../../apps/storefront/test/ordering.js';
import { Shop } from '../../../apps/storefront/test/shop.js';
import { mailedCode, runProgram, tsc, wrongCode } from '../../testing/src/index.js';
import type * as client from '../src/index.js';

const CHROMIUM = '/usr/bin/chromium';

/** A page of a front end: it has the package as `client`. */
const PAGE = `<!doctype html>
<script type="module">
  window.client = await import('/index.js');
</script>`;

interface FrontEndWindow {
  readonly client: typeof client;
  readonly ask: (attempt: number, code: string | undefined) => Promise<string>;
}

describe('A page in a browser', () => {
  let built: string;
  let pages: Server;
  let port: number;
  let shop: Shop;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    if (!existsSync(CHROMIUM)) {
      throw new Error(`The test of the client in a browser needs ${CHROMIUM}: apt-get install chromium`);
    }
    built = mkdtempSync(join(tmpdir(), 'sallyport-page-'));
    await runProgram('npm', ['run', '-s', 'generate:client']);
    await tsc(['-p', 'libs/client', '--outDir', built]);
    const scripts = readdirSync(built).filter((name) => name.endsWith('.js'));
    const files = new Map(scripts.map((name) => [`/${name}`, readFileSync(join(built, name))]));
    pages = createServer(({ url = '/' }, response) => {
      response.setHeader('content-type', files.has(url) ? 'text/javascript' : 'text/html');
      response.end(files.get(url) ?? PAGE);
    });
    await once(pages.listen(0, '127.0.0.1'), 'listening');
    ({ port } = pages.address() as AddressInfo);
    shop = await Shop.open({ CORS_ORIGINS: `http://127.0.0.1:${port}` });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.app.stop();
    pages?.close();
    if (built) rmSync(built, { recursive: true, force: true });
  });

  beforeEach(async () => {
    page = await browser.newPage();
  });
  afterEach(() => page.close());

  const open = async (origin: string): Promise<void> => {
    await page.goto(origin);
    await page.waitForFunction(() => 'client' in globalThis);
  };

  it('of an allowed origin has five writes at the same time pass with one miss for one mistyped code', async () => {
    const customer = await shop.customer();
    await shop.enableMfa(customer.token, customer.email);
    const prompts: unknown[] = [];
    await page.exposeFunction('ask', (attempt: number, code: string | undefined) => {
      prompts.push([attempt, code]);
      const mailed = mailedCode(shop.app.mailbox, customer.email);
      return attempt === 1 ? wrongCode(mailed) : mailed;
    });
    await open(`http://127.0.0.1:${port}`);
    const path = `customers/${customer.customerReference}/addresses`;
    const attributes = { ...ADDRESS, isDefaultShipping: false, isDefaultBilling: false };
    const given = { baseUrl: shop.app.api.url, token: customer.token, path, attributes };
    const statuses = await page.evaluate(async ({ baseUrl, token, path: url, attributes: address }) => {
      const { client: library, ask } = globalThis as unknown as FrontEndWindow;
      const send = library.createStepUpFetch({
        baseUrl,
        authorization: async () => `Bearer ${token}`,
        stepUp: async ({ methods, attempt, error, trigger }) => {
          await trigger(methods[0]!);
          return ask(attempt, error?.code);
        },
      });
      const write = async (): Promise<number> => {
        const body = JSON.stringify({ data: { type: 'addresses', attributes: address } });
        const headers = { 'Content-Type': 'application/vnd.api+json' };
        return (await send(url, { method: 'POST', headers, body })).status;
      };
      return [...(await Promise.all([write(), write(), write(), write(), write()])), await write()];
    }, given);
    expect([statuses, prompts]).toEqual([
      [201, 201, 201, 201, 201, 201],
      [
        [1, undefined],
        [2, '5901'],
      ],
    ]);
    const query = 'SELECT miss_count AS misses FROM mfa_account WHERE account_id = $1';
    expect(await shop.app.dataSource.query(query, [customer.id])).toEqual([{ misses: '1' }]);
  });

  it('of an allowed origin is told how long to wait', async () => {
    const customer = await shop.customer();
    const { token } = customer;
    await shop.enableMfa(token, customer.email);
    for (let miss = 0; miss < 10; miss += 1) await shop.app.api.post('/carts', {}, { token, code: 'wrong' });
    await open(`http://127.0.0.1:${port}`);
    const told = await page.evaluate(
      async ({ baseUrl, authorization }) => {
        const { createStepUpFetch, ApiError } = (globalThis as unknown as FrontEndWindow).client;
        const send = createStepUpFetch({ baseUrl, authorization, stepUp: () => '000000' });
        const error: unknown = await send('carts', { method: 'POST', body: '{}' }).catch((reason: unknown) => reason);
        return error instanceof ApiError && [error.code, error.retryAfter];
      },
      { baseUrl: shop.app.api.url, authorization: `Bearer ${token}` },
    );
    expect(told).toEqual(['5911', 1800]);
  });

  it('of another origin gets no answer, and an error that says what may be the cause', async () => {
    const { token } = await shop.customer();
    await open(`http://localhost:${port}`);
    const error = await page.evaluate(
      async ({ baseUrl, authorization }) => {
        const send = (globalThis as unknown as FrontEndWindow).client.createStepUpFetch({
          baseUrl,
          authorization,
          stepUp: () => undefined,
        });
        return send('carts').then(String, String);
      },
      { baseUrl: shop.app.api.url, authorization: `Bearer ${token}` },
    );
    expect(error).toMatch(`TypeError: No answer from ${shop.app.api.url}: `);
    expect(error).toMatch('does not allow this page’s origin (CORS)');
  });
});
