import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { AreaUser, TestBrowser } from '#testing';
import { Warehouse } from '../src/warehouse-user-assignments/warehouse.entity.js';
import { BackOfficePages } from './back-office-pages.js';

/** The pages of users in a real browser. */
export class BackOfficeBrowser {
  private constructor(
    readonly pages: BackOfficePages,
    private readonly browser: TestBrowser,
  ) {}

  static async launch(): Promise<BackOfficeBrowser> {
    return new BackOfficeBrowser(await BackOfficePages.open(), await TestBrowser.launch());
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.pages.app.stop();
  }

  open = (): Promise<Page> => this.browser.open(this.pages.app.api.url);

  /** A user without MFA who is signed in. */
  async signedIn(role: string, base = '/back-office'): Promise<AreaUser> {
    const { username } = await this.pages.office.user({ roles: [role] });
    const user = new AreaUser(await this.open(), base, username, this.pages.app.mailbox);
    await user.signIn();
    await user.page.waitForURL(`**${base}`);
    return user;
  }

  warehouse = (name: string): Promise<Warehouse> =>
    this.pages.app.dataSource.getRepository(Warehouse).save({ uuid: randomUUID(), name, isActive: true });

  /** A policy that is not in force yet; @returns its uuid */
  async policy(company: string): Promise<string> {
    const uuid = randomUUID();
    await this.pages.app.dataSource.query(
      `INSERT INTO step_up_policy (uuid, applies_to, value, required_from, methods, created_at, updated_at)
       VALUES ($1, 'company', $2, '2090-01-31', '{email}', now(), now())`,
      [uuid, company],
    );
    return uuid;
  }
}
