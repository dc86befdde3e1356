import type { AccountKind } from '#mfa';

/** The events that people are notified of. */
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
  /** The old address, if the address was changed. Otherwise absent: the job looks the address up. */
  readonly to?: { readonly email: string; readonly locale: string };
  /** The method. Null or absent if the notice is about all methods or none. */
  readonly method?: string | null;
  /** RFC 3339: the end of a lock. */
  readonly lockedUntil?: string | null;
  /** The number of codes left. Null or absent if the notice is not about a list of codes. */
  readonly remaining?: number | null;
  /** Where the person did it. Null or absent if it is unknown, or somebody else did it. */
  readonly clientAddress?: string | null;
}

export const NOTICE_TASK = 'notice';
