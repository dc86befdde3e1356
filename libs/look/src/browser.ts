/**
 * What browsers and systems write into `User-Agent`. One that also writes the word of another one comes before it:
 * Edge calls itself Chrome too, and Chrome Safari.
 */
const BROWSERS: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(HeadlessChrome|Chrome|CriOS)\//],
  ['Safari', /\bSafari\//],
];
const SYSTEMS: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Windows', /\bWindows NT\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['macOS', /\bMacintosh\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
];

/** A browser as people call it. */
export interface KnownBrowser {
  /** Such as `Firefox`. */
  readonly browser: string;
  /** Such as `Windows`. */
  readonly system: string | undefined;
}

/**
 * Recognises the browsers that most people use. Nothing of the header itself is in the result, so that whoever sends it
 * cannot write into a mail.
 *
 * @returns undefined for a program that is no known browser
 */
export function browserOf(userAgent: string): KnownBrowser | undefined {
  const nameIn = (known: typeof BROWSERS): string | undefined => known.find(([, mark]) => mark.test(userAgent))?.[0];
  const browser = nameIn(BROWSERS);
  return browser === undefined ? undefined : { browser, system: nameIn(SYSTEMS) };
}
