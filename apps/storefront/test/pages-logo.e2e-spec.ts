import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf, PageClient, TestBrowser } from '#testing';
import { Shop } from './shop.js';

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><style>rect { fill: #777 }</style>
<rect width="120" height="40"/><script>document.documentElement.setAttribute('data-ran', 'yes')</script></svg>`;

describe('The logo of the operator', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-logo-'));
  let shop: Shop;

  beforeAll(async () => {
    const path = join(folder, 'logo');
    writeFileSync(path, SVG);
    shop = await Shop.open({ PAGES_LOGO: path, PAGES_NAME: 'Harbor & Sons' });
  });
  afterAll(async () => {
    await shop?.app.stop();
    rmSync(folder, { recursive: true });
  });

  it('is an image in the header of pages, whose alternative is the name of the shop', async () => {
    const client = new PageClient(shop.app.api.url);
    const { text } = await client.get('/account/sign-in');
    const [, path = ''] = /<a class="brand" href="\/account"><img src="(.*?)" alt="Harbor &amp; Sons"\/><\/a>/.exec(
      text,
    )!;
    expect(path).toMatch(/^\/assets\/logo\.[0-9a-f]{16}\.svg$/);
    const logo = await client.get(path);
    expect([logo.status, logo.text]).toEqual([200, SVG]);
    expect(Object.fromEntries(logo.headers)).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none';style-src 'unsafe-inline';sandbox",
      'x-content-type-options': 'nosniff',
    });
  });

  it('is seen, and runs no script, neither in a page nor opened by itself', async () => {
    const browser = await TestBrowser.launch();
    try {
      const page = await browser.open(shop.app.api.url);
      await page.goto('/account/sign-in');
      expect(await page.evaluate(() => document.querySelector('img')!.naturalWidth)).toBe(120);
      expect(await faultsOf(page)).toEqual([]);
      const context = await browser.open(shop.app.api.url, { bypassCSP: false });
      const path = await page.evaluate(() => document.querySelector('img')!.src);
      context.removeAllListeners('console'); // the policy refuses the script, which is what is wanted
      await context.goto(path);
      expect(await context.evaluate(() => document.documentElement.localName)).toBe('svg');
      expect(await context.evaluate(() => document.documentElement.hasAttribute('data-ran'))).toBe(false);
    } finally {
      await browser.close();
    }
  });
});
