import type { Settings } from '#platform';
import type { PageArea } from './page-area.js';

/** The pages of an app. */
export interface PagesOptions {
  readonly settings: Pick<Settings, 'pages' | 'mfaSecrets'>;
  readonly areas: readonly PageArea[];
}

export const PAGES_OPTIONS = Symbol('PAGES_OPTIONS');
