import { accentOn, type Accent } from './theme.js';

/** What the operator chooses of the look of pages and mails. */
export interface Look {
  /** The name of the shop; empty: none is shown. */
  readonly name: string;
  /** Such as `#0b5cad`. It is made darker or lighter where it could not be read. */
  readonly color: string;
}

export const DEFAULT_LOOK: Look = { name: '', color: '#0b5cad' };

const LIGHT = {
  ...{ ground: '#f7f8fa', surface: '#ffffff', text: '#1b2129', muted: '#55606e', line: '#8a94a1', soft: '#dfe3e8' },
  ...{ danger: '#a61b1b', 'danger-ground': '#fdf0f0', good: '#17632f', 'good-ground': '#eef8f1' },
  'notice-ground': '#fff8e6',
} as const;
const DARK = {
  ...{ ground: '#14171c', surface: '#1d2229', text: '#eceff3', muted: '#aab4c0', line: '#7d8896', soft: '#343b45' },
  ...{ danger: '#ffa8a8', 'danger-ground': '#3a1e21', good: '#93dcab', 'good-ground': '#18301f' },
  'notice-ground': '#35301c',
} as const satisfies Record<keyof typeof LIGHT, string>;

/** The colours of one scheme by their names. */
export type Palette = Readonly<Record<keyof typeof LIGHT, string>> & Accent;

/** The colours for light and dark screens. The operator's one is fitted to the ground that is the hardest to read it on. */
export function palettes(color: string): { readonly light: Palette; readonly dark: Palette } {
  return {
    light: { ...LIGHT, ...accentOn(LIGHT.ground, color) },
    dark: { ...DARK, ...accentOn(DARK.surface, color) },
  };
}

/** The beginning of every stylesheet: the colours as custom properties, such as `--notice-ground`, for both schemes. */
export function colorTokens(color: string): string {
  const { light, dark } = palettes(color);
  return `:root { color-scheme: light dark; ${propertiesOf(light)} }
@media (prefers-color-scheme: dark) { :root { ${propertiesOf(dark)} } }
`;
}

function propertiesOf({ accent, onAccent, ...colors }: Palette): string {
  return Object.entries({ ...colors, accent, 'on-accent': onAccent })
    .map(([name, value]) => `--${name}: ${value};`)
    .join(' ');
}
