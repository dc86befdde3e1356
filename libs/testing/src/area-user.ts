import type { Page } from 'playwright-core';
import { PASSWORD } from './factories.js';
import { mailedCode } from './mail-codes.js';
import type { TestApp } from './test-app.js';

/** Somebody at the pages of an area, in a real browser. */
export class AreaUser {
  /**
   * @param base the path of the area, such as `/account`
   * @param username the address of the account
   */
  constructor(
    readonly page: Page,
    readonly base: string,
    readonly username: string,
    private readonly mailbox: TestApp['mailbox'],
  ) {}

  /** Sends the form, and waits for nothing: MFA or a wrong password leads elsewhere. */
  async signIn(password = PASSWORD): Promise<void> {
    const { page } = this;
    await page.goto(`${this.base}/sign-in`);
    await page.locator('#username').fill(this.username);
    await page.locator('#password').fill(password);
    await submit(page);
  }

  /** Begins to set a method up: its code can be typed. */
  async begin(method: string): Promise<void> {
    await this.page.goto(`${this.base}/mfa/${method}`);
    await submit(this.page);
    await this.page.locator('#code').waitFor();
  }

  async turnOnEmail(): Promise<void> {
    await this.begin('email');
    await this.page.locator('#code').fill(mailedCode(this.mailbox, this.username));
    await submit(this.page);
    await this.page.waitForURL(`**${this.base}/mfa?on=email`);
  }
}

/** Presses the first button of a page's form. */
export function submit(page: Page, form = 'main form'): Promise<void> {
  return page.locator(`${form} button`).first().click();
}
