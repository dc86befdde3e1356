import type { Page } from 'playwright-core';
import { mailedCode, PASSWORD, type TestApp } from '#testing';

/** Somebody who goes through the pages of one area. */
export class Person {
  constructor(
    readonly page: Page,
    private readonly app: TestApp,
    private readonly base: string,
    private readonly email: string,
  ) {}

  press = (name: string | RegExp): Promise<void> =>
    this.page.getByRole('main').getByRole('button', { name }).first().click();

  async signIn(): Promise<void> {
    await this.page.goto(`${this.base}/sign-in`);
    await this.page.getByLabel('E-mail address').fill(this.email);
    await this.page.getByLabel('Password').fill(PASSWORD);
    await this.press('Sign in');
  }

  /** @param value default: the code of the newest mail */
  async enterCode(button: string, value = mailedCode(this.app.mailbox, this.email)): Promise<void> {
    await this.page.getByLabel(/^(Recovery code|Code)$/).fill(value);
    await this.page.getByRole('button', { name: button }).first().click();
  }

  async turnOnEmail(): Promise<void> {
    await this.page.goto(`${this.base}/mfa/email`);
    await this.press('Turn on');
    await this.enterCode('Confirm');
    await this.page.getByRole('status').first().waitFor();
  }

  /** Leaves a page open until the grant is over. */
  async waitForEndOfGrant(path: string): Promise<void> {
    this.app.clock.advance(1750);
    await this.page.goto(path);
    this.app.clock.advance(60);
  }

  dialog = (): Promise<void> => this.page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();

  signOut = (): Promise<void> => this.page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
}
