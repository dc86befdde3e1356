/** Red, green and blue, 0 to 255. */
type Color = readonly [number, number, number];

const WHITE: Color = [255, 255, 255];
const BLACK: Color = [0, 0, 0];
const STEP = 0.04;
/** WCAG 2.2, criterion 1.4.3. */
const READABLE = 4.5;

/** The colours of one theme that follow from the operator's own. */
export interface Accent {
  /** For links, borders of focus, and the ground of buttons. */
  readonly accent: string;
  /** For text on that ground. */
  readonly onAccent: string;
}

/**
 * The operator's colour as it can be read on the ground of a theme: darker or lighter where it has to be.
 *
 * @param color such as `#0b5cad`
 */
export function accentOn(ground: string, color: string): Accent {
  const [paper, wish] = [parseColor(ground), parseColor(color)];
  const away = luminance(paper) > 0.5 ? BLACK : WHITE;
  let accent = wish;
  for (let part = STEP; contrast(accent, paper) < READABLE && part <= 1; part += STEP) accent = mix(wish, away, part);
  const onAccent = contrast(accent, WHITE) >= contrast(accent, BLACK) ? WHITE : BLACK;
  return { accent: format(accent), onAccent: format(onAccent) };
}

/** How well two colours can be told apart: 1 to 21 (WCAG 2.2). */
export function contrast(one: Color, other: Color): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

export function parseColor(color: string): Color {
  const number = Number.parseInt(color.slice(1), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

function luminance(color: Color): number {
  const [red = 0, green = 0, blue = 0] = color.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix([r, g, b]: Color, [toR, toG, toB]: Color, part: number): Color {
  const between = (from: number, to: number): number => Math.round(from + (to - from) * part);
  return [between(r, toR), between(g, toG), between(b, toB)];
}

function format(color: Color): string {
  return `#${color.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
