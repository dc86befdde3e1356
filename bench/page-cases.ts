import type { ListApps } from './list-apps.js';
import { LIST_ACCOUNTS } from './list-rows.sql.js';
import { PageBrowser } from './page-browser.js';

/** A request for a page, as somebody who is signed in or not. */
export interface PageCase {
  readonly name: string;
  readonly browser: PageBrowser;
  readonly path: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly status: number;
}

type Ports = ListApps['ports'];

/** The main pages of each area. */
export async function pageCases(ports: Ports): Promise<readonly PageCase[]> {
  return [
    ...(await customerCases(ports)),
    ...(await agentCases(ports)),
    ...(await backOfficeCases(ports)),
    ...(await merchantCases(ports)),
  ];
}

/** The session without a grant was opened before MFA was on: its protected forms are asked for a code. */
async function customerCases({ storefront }: Ports): Promise<readonly PageCase[]> {
  const browser = (): PageBrowser => new PageBrowser(storefront, '/account');
  const { customer, password } = LIST_ACCOUNTS;
  const [granted, ungranted] = [await browser().signIn(customer), await browser().signIn(customer)];
  await granted.turnOnApp();
  const fields = { password, newPassword: `${password}?`, confirmPassword: `${password}?` };
  return [
    { name: 'sign-in', browser: browser(), path: '/account/sign-in', status: 200 },
    { name: 'overview', browser: granted, path: '/account', status: 200 },
    { name: 'methods', browser: granted, path: '/account/mfa', status: 200 },
    { name: 'step-up', browser: ungranted, path: '/account/password', fields, status: 403 },
  ];
}

async function agentCases({ storefront }: Ports): Promise<readonly PageCase[]> {
  const browser = await new PageBrowser(storefront, '/agent').signIn(LIST_ACCOUNTS.agent);
  const page = { browser, status: 200 };
  return [
    { ...page, name: 'agent: customers', path: '/agent/customers' },
    { ...page, name: 'agent: a search', path: '/agent/customers?q=bakessler' },
  ];
}

async function backOfficeCases({ backend }: Ports): Promise<readonly PageCase[]> {
  const browser = await new PageBrowser(backend, '/back-office').signIn(LIST_ACCOUNTS.administrator);
  await browser.waitFor('/back-office?days=90', '<svg');
  await browser.waitFor('/back-office/policies', 'As of');
  const page = (name: string, path: string): PageCase => ({ name: `office: ${name}`, browser, path, status: 200 });
  return [
    page('dashboard', '/back-office?days=90'),
    page('users', '/back-office/users'),
    page('customers', '/back-office/customers'),
    page('a search', '/back-office/customers?q=bakessler'),
    page('one customer', await browser.findLink('/back-office/customers', '/back-office/customers/')),
    page('audit', '/back-office/audit'),
    page('one entry', await browser.findLink('/back-office/audit', '/back-office/audit/')),
    page('policies', '/back-office/policies'),
  ];
}

async function merchantCases({ backend }: Ports): Promise<readonly PageCase[]> {
  const browser = await new PageBrowser(backend, '/merchant').signIn(LIST_ACCOUNTS.merchant);
  return [{ name: 'merchant: profile', browser, path: '/merchant/profile', status: 200 }];
}
