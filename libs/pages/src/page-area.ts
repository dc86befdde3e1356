import type { LoginLimit, PagePrincipal, Scope } from '#auth';
import type { AccountKind } from '#mfa';
import type { Texts } from './texts/en/index.js';

/** A page that the navigation leads to. */
export interface NavigationEntry {
  readonly path: string;
  readonly label: string;
}

/** For whom the navigation is. */
export interface NavigationContext {
  readonly texts: Texts;
  readonly session: PagePrincipal | undefined;
}

/** Pages for one group of people, with a sign-in and a cookie of their own. */
export interface PageArea {
  /** The path below which they are, such as `/account`; it is the first page for those who are signed in. */
  readonly base: string;
  readonly kind: AccountKind;
  /** Who has one of these scopes can sign in. */
  readonly scopes: readonly Scope[];
  /** Default: the limit of the settings. */
  readonly loginLimit?: LoginLimit;
  /** Whose agents may act for accounts of this area, in sessions that they opened there. Default: nobody acts for others. */
  readonly agents?: Pick<PageArea, 'base'>;
  /** Where people who are signed in can go. */
  readonly navigation: (context: NavigationContext) => readonly NavigationEntry[];
  /** Its pages have wide tables. */
  readonly isWide?: boolean;
  /** What is said above the sign-in: whose it is. */
  readonly signInHint?: (texts: Texts) => string;
  /** Where else people can go who cannot sign in. */
  readonly signInLinks?: (texts: Texts) => readonly NavigationEntry[];
  /** What is said above the list of methods. */
  readonly mfaHint?: (texts: Texts) => string;
}
