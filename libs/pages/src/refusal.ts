import { MfaException, type MfaErrorName } from '#mfa';
import type { Page } from './page.js';
import type { Texts } from './texts/en/index.js';
import type { Problems } from './views/form.js';

/** A refusal of the second factor as a page says it: status and headers as those of the API. */
export interface Refusal extends Required<Pick<Page, 'status' | 'headers'>> {
  readonly reason: MfaErrorName;
  readonly problems: Problems;
  /** Whether a code that was typed may have been right and used up although the request was refused. */
  readonly isCodeUsed: boolean;
  /** How long it lasts; 0: no longer than until the next try. */
  readonly secondsLeft: number;
}

/** The refusals that are about the code that was typed. */
const ABOUT_CODE: readonly string[] = ['codeMissing', 'codeInvalid'];

/** @throws what is no refusal of the second factor */
export function refusalOf(error: unknown, { refusals }: Texts): Refusal {
  if (!(error instanceof MfaException)) throw error;
  const { reason, headers } = error;
  const secondsLeft = Number(headers['retry-after'] ?? 0);
  const text = refusals[reason](secondsLeft);
  return {
    status: error.getStatus(),
    headers,
    reason,
    isCodeUsed: !['codeMissing', 'codeInvalid', 'locked'].includes(reason),
    secondsLeft,
    problems: { [ABOUT_CODE.includes(reason) ? 'code' : '']: text },
  };
}

/** Status and headers of the page that shows a refusal. */
export function headOf(refusal: Refusal | undefined): Partial<Pick<Page, 'status' | 'headers'>> {
  return refusal ? { status: refusal.status, headers: refusal.headers } : {};
}
