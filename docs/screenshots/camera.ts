import { mkdir, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { faultsOf } from '#testing';

const FOLDER = import.meta.dirname;
/** From 0 to 100. */
const QUALITY = 80;

const VARIANTS = [
  { name: 'desktop', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'phone', width: 320, height: 640, colorScheme: 'light' },
  { name: 'dark', width: 1280, height: 800, colorScheme: 'dark' },
] as const;

/** Takes pictures of pages, and looks for what is in the way of people in both themes. */
export class Camera {
  readonly faults: string[] = [];

  /** @param name such as `account/sign-in` */
  async take(page: Page, name: string): Promise<void> {
    await mkdir(`${FOLDER}/${name.split('/', 1)[0]}`, { recursive: true });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      this.faults.push(...(await faultsOf(page)).map((fault) => `${name} ${colorScheme} ${fault}`));
    }
    for (const { name: variant, width, height, colorScheme } of VARIANTS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      await writeFile(`${FOLDER}/${name}-${variant}.webp`, await picture(page));
    }
  }

  /** Opens a page and takes its picture. */
  async visit(page: Page, path: string, name: string): Promise<void> {
    await page.goto(path);
    await this.take(page, name);
  }
}

/**
 * The whole page as WebP, a third of its size as PNG; under a dialog what the window shows. Playwright itself does not take
 * pictures in this format.
 */
async function picture(page: Page): Promise<Buffer> {
  const devtools = await page.context().newCDPSession(page);
  const { cssContentSize, cssLayoutViewport } = await devtools.send('Page.getLayoutMetrics');
  const hasDialog = await page.locator('dialog[open]').isVisible();
  const { clientWidth: width, clientHeight: height, pageX: x, pageY: y } = cssLayoutViewport;
  const clip = { ...(hasDialog ? { x, y, width, height } : cssContentSize), scale: 1 };
  const options = { format: 'webp', quality: QUALITY, captureBeyondViewport: true, clip } as const;
  const { data } = await devtools.send('Page.captureScreenshot', options);
  await devtools.detach();
  return Buffer.from(data, 'base64');
}
