import type { Browser, Page } from 'playwright-core';
import type { Customer } from '#auth';
import { createCustomer, mailedCode, PASSWORD, TestBrowser } from '#testing';
import { Shop } from './shop.js';

/** The pages of customers in a real browser; codes come from the real mailbox. */
export class AccountBrowser {
  private constructor(
    readonly shop: Shop,
    private readonly browser: TestBrowser,
  ) {}

  static async launch(options: Parameters<typeof TestBrowser.launch>[0] = {}): Promise<AccountBrowser> {
    const shop = await Shop.open();
    return new AccountBrowser(shop, await TestBrowser.launch(options));
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.shop.app.stop();
  }

  open = (options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> =>
    this.browser.open(this.shop.app.api.url, options);

  codeOf = ({ email }: Customer): string => mailedCode(this.shop.app.mailbox, email);

  async signIn(page: Page, { email }: Customer, password = PASSWORD): Promise<void> {
    await page.goto('/account/sign-in');
    await page.locator('#username').fill(email);
    await page.locator('#password').fill(password);
    await submit(page);
  }

  /** A customer without MFA who is signed in. */
  async signedIn(options: Parameters<typeof this.open>[0] = {}): Promise<{ one: Customer; page: Page }> {
    const one = await createCustomer(this.shop.app.dataSource);
    const page = await this.open(options);
    await this.signIn(page, one);
    await page.waitForURL('**/account');
    return { one, page };
  }

  /** A customer with codes by e-mail who is signed in, and whose grant is over. */
  async protected(options: Parameters<typeof this.open>[0] = {}): Promise<{ one: Customer; page: Page }> {
    const { one, page } = await this.signedIn(options);
    await page.goto('/account/mfa/email');
    await submit(page);
    await page.locator('#code').fill(this.codeOf(one));
    await submit(page);
    await page.waitForURL('**/account/mfa?on=email');
    this.shop.app.clock.advance(1000);
    await page.goto('/account');
    this.shop.app.clock.advance(1000);
    return { one, page };
  }
}

/** Presses the first button of the first form. */
const submit = (page: Page): Promise<void> => page.locator('main form button').first().click();
