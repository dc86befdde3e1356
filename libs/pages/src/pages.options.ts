import type { Settings } from '#platform';
import type { Texts } from './texts/en.js';

/** The pages of an app. */
export interface PagesOptions {
  /** The path below which they are, such as `/account`; it is the first page for those who are signed in. */
  readonly base: string;
  readonly settings: Pick<Settings, 'pages'>;
  /** Where people can go who are signed in: the path and the name of each page. */
  readonly navigation: (texts: Texts) => readonly (readonly [path: string, name: string])[];
}

export const PAGES_OPTIONS = Symbol('PAGES_OPTIONS');
