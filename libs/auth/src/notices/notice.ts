import type { AccountKind } from '#mfa';

/** What people are told by mail after it happened. */
export type NoticeEvent =
  | 'activated'
  | 'renewed'
  | 'deactivated'
  | 'backup-used'
  | 'removed'
  | 'locked'
  | 'password-changed'
  | 'address-changed';

/** The payload of a notice's job. */
export interface Notice {
  readonly accountKind: AccountKind;
  readonly accountId: string;
  readonly event: NoticeEvent;
  /** RFC 3339. */
  readonly at: string;
  /** Where it goes, when the account has the address no more; absent: looked up. */
  readonly to?: { readonly email: string; readonly locale: string };
  /** The method that it is about; null or absent: all of them, or none. */
  readonly method?: string | null;
  /** RFC 3339: until when a lock lasts. */
  readonly lockedUntil?: string | null;
  /** How many codes of a list are left; null or absent: it is about no list. */
  readonly remaining?: number | null;
}

export const NOTICE_TASK = 'notice';
