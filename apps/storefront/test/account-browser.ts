import type { Browser, Page } from 'playwright-core';
import type { Customer } from '#auth';
import { AreaUser, createCustomer, mailedCode, PASSWORD, TestBrowser } from '#testing';
import { Shop } from './shop.js';

/** The pages of customers in a real browser; codes come from the real mailbox. */
export class AccountBrowser {
  private constructor(
    readonly shop: Shop,
    readonly browser: TestBrowser,
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

  private userOf = (page: Page, { email }: Pick<Customer, 'email'>): AreaUser =>
    new AreaUser(page, '/account', email, this.shop.app.mailbox);

  signIn = (page: Page, one: Pick<Customer, 'email'>, password = PASSWORD): Promise<void> =>
    this.userOf(page, one).signIn(password);

  /** A customer without MFA who is signed in. */
  async signedIn(
    options: Parameters<typeof this.open>[0] = {},
    overrides: Partial<Customer> = {},
  ): Promise<{ one: Customer; page: Page; user: AreaUser }> {
    const one = await createCustomer(this.shop.app.dataSource, overrides);
    const page = await this.open(options);
    const user = this.userOf(page, one);
    await user.signIn();
    await page.waitForURL('**/account');
    return { one, page, user };
  }

  /** A customer with codes by e-mail who is signed in, and whose grant is over. */
  async protected(options: Parameters<typeof this.open>[0] = {}): Promise<{ one: Customer; page: Page }> {
    const { one, page, user } = await this.signedIn(options);
    await user.turnOnEmail();
    this.shop.app.clock.advance(1000);
    await page.goto('/account');
    this.shop.app.clock.advance(1000);
    return { one, page };
  }
}
