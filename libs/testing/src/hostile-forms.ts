import type { Page } from 'playwright-core';
import type { AreaUser } from './area-user.js';
import { HOSTILE_TEXTS } from './hostile-texts.js';
import { HostileVisitor, type HostileForm } from './hostile-visitor.js';

/** The forms of every area that have nothing to type in. */
const WITHOUT_TEXT = /\/(sign-out|sessions\/end|sessions\/end-others|mfa\/:type\/send)$/;

/** Sends hostile texts with the forms of an app, and knows which forms are left. */
export class HostileForms {
  private readonly sent = new Set<string>();

  /**
   * Sends texts, each in all fields of a form at once. Each shall be in the fields again, or on the page that follows.
   *
   * @param page whose cookies are used
   * @param action the attribute of the form
   * @returns what should not have happened
   */
  async send(
    page: Page,
    action: string,
    texts: readonly string[] = HOSTILE_TEXTS,
    open: HostileForm['open'] = (at) => at.goto(action),
  ): Promise<string[]> {
    const visitor = await HostileVisitor.beside(page);
    for (const [index, text] of texts.entries()) await visitor.send({ open, action, text, isForged: index === 0 });
    await visitor.page.close();
    this.sent.add(action);
    return visitor.faults;
  }

  /**
   * Sends texts as the codes that set methods up. Both are begun first: wrong codes lock codes.
   *
   * @param user is signed in, without MFA
   */
  async sendSetUps(user: AreaUser, texts?: readonly string[]): Promise<string[]> {
    const { page, base } = user;
    const faults: string[] = [];
    for (const method of ['email', 'totp']) await user.begin(method);
    for (const method of ['email', 'totp']) {
      const open = (at: Page): Promise<unknown> => at.goto(`${base}/mfa/${method}`);
      faults.push(...(await this.send(page, `${base}/mfa/${method}/verify`, texts, open)));
    }
    return faults;
  }

  /**
   * Sends texts as the codes that get recovery codes, turn a method off, and take the second step of a sign-in.
   *
   * @param user is signed in, without MFA
   */
  async sendCodes(user: AreaUser, texts?: readonly string[]): Promise<string[]> {
    const { page, base } = user;
    await user.turnOnEmail();
    const open = (at: Page): Promise<unknown> => at.goto(`${base}/mfa/recovery-code`);
    const faults = await this.send(page, `${base}/mfa/recovery-code/activate`, texts, open);
    faults.push(...(await this.send(page, `${base}/mfa/email/deactivate`, texts)));
    await page.context().clearCookies();
    await user.signIn();
    await page.waitForURL('**/sign-in/code?*');
    faults.push(...(await this.send(page, `${base}/sign-in/code`, texts)));
    return faults;
  }

  /**
   * @param routes the paths of forms, such as `/users/:id`
   * @param withoutText those of them that have nothing to type in
   * @returns those that were not sent
   */
  unsent(routes: readonly string[], withoutText: RegExp): string[] {
    const takes = (route: string, path: string): boolean =>
      new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`).test(path);
    // `/users/new` is not `/users/:id`
    const sent = [...this.sent].map(
      (path) => routes.find((one) => one === path) ?? routes.find((one) => takes(one, path)),
    );
    return routes.filter((one) => !sent.includes(one) && !WITHOUT_TEXT.test(one) && !withoutText.test(one));
  }
}
