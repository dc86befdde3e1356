import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { faultsOf } from '#testing';

const FOLDER = import.meta.dirname;

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
      await page.screenshot({ path: `${FOLDER}/${name}-${variant}.png`, fullPage: true, animations: 'disabled' });
    }
  }

  /** Opens a page and takes its picture. */
  async visit(page: Page, path: string, name: string): Promise<void> {
    await page.goto(path);
    await this.take(page, name);
  }
}
