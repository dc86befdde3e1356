import { MfaException } from '#mfa';
import type { Page } from './page.js';
import type { Texts } from './texts/en.js';
import type { Problems } from './views/form.js';

/** A refusal of the second factor as a page says it: status and headers as those of the API. */
export interface Refusal extends Required<Pick<Page, 'status' | 'headers'>> {
  readonly problems: Problems;
}

/** The refusals that are about the code that was typed. */
const ABOUT_CODE: readonly string[] = ['codeMissing', 'codeInvalid'];

/** @throws what is no refusal of the second factor */
export function refusalOf(error: unknown, { refusals }: Texts): Refusal {
  if (!(error instanceof MfaException)) throw error;
  const text = refusals[error.reason](Number(error.headers['retry-after'] ?? 0));
  return {
    status: error.getStatus(),
    headers: error.headers,
    problems: { [ABOUT_CODE.includes(error.reason) ? 'code' : '']: text },
  };
}
