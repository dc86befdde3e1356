import { palettes, type Palette } from './palette.js';

/** Attributes of the elements of a mail, and the stylesheet for dark screens. */
export type MailStyles = Readonly<Record<keyof typeof ELEMENTS | 'sheet', string>>;

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";
const MONOSPACE = 'font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace';
const PARAGRAPH = `margin:0 0 16px;${FONT};line-height:1.55`;
const SELECTED_WHOLE = '-webkit-user-select:all;user-select:all';
const BOX = 'padding:12px 16px;border-radius:8px';

/** The role of the colours of an element, and what else is in its style. */
const ELEMENTS = {
  body: ['ground', 'margin:0;padding:0'],
  card: [
    'card',
    'max-width:560px;border-width:1px;border-style:solid;border-radius:8px;text-align:left;overflow-wrap:anywhere;word-break:break-word',
  ],
  band: ['accent', `padding:14px 24px;border-radius:7px 7px 0 0;${FONT};font-size:18px;font-weight:700`],
  stripe: ['accent', 'height:6px;border-radius:7px 7px 0 0;font-size:6px;line-height:6px'],
  heading: ['card', `margin:0 0 16px;${FONT};font-size:24px;line-height:1.25`],
  paragraph: ['card', `${PARAGRAPH};font-size:16px`],
  small: ['muted', `${PARAGRAPH};font-size:14px`],
  notice: ['notice', `${PARAGRAPH};font-size:16px;${BOX}`],
  code: [
    'code',
    `margin:0 0 16px;${BOX};${MONOSPACE};font-size:32px;font-weight:700;line-height:1.2;letter-spacing:4px;${SELECTED_WHOLE}`,
  ],
  key: ['code', `margin:0 0 16px;${BOX};${MONOSPACE};font-size:16px;line-height:1.4;${SELECTED_WHOLE}`],
  button: [
    'accent',
    `display:inline-block;padding:12px 24px;border-radius:8px;${FONT};font-size:16px;font-weight:600;text-decoration:none`,
  ],
  link: ['link', ''],
} as const satisfies Record<string, readonly [role: string, style: string]>;

type Role = (typeof ELEMENTS)[keyof typeof ELEMENTS][0];

/**
 * Ground and text are always set together: a program that replaces one of them for its dark theme finds the other one
 * beside it.
 */
function colorsOf(palette: Palette): Readonly<Record<Role, string>> {
  const { ground, surface, text, muted, soft, accent, onAccent, 'notice-ground': noticeGround } = palette;
  const pair = (behind: string, front: string): string => `background-color:${behind};color:${front}`;
  return {
    ground: pair(ground, muted),
    card: `${pair(surface, text)};border-color:${soft}`,
    muted: pair(surface, muted),
    accent: pair(accent, onAccent),
    link: pair(surface, accent),
    code: pair(ground, text),
    notice: pair(noticeGround, text),
  };
}

/** Inline styles for light screens, which every program knows, and rules for dark ones, which win over them. */
export function mailStyles(color: string): MailStyles {
  const { light, dark } = palettes(color);
  const inline = colorsOf(light);
  const attributes = Object.entries(ELEMENTS).map(([name, [role, style]]) => {
    const declarations = [...(style === '' ? [] : [style]), inline[role]].join(';');
    return [name, `class="${role}" style="${declarations}"`] as const;
  });
  const rules = Object.entries(colorsOf(dark)).map(
    ([role, declarations]) => `.${role} { ${declarations.replaceAll(';', ' !important; ')} !important; }`,
  );
  const sheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
${rules.join('\n')}
}
`;
  return { ...(Object.fromEntries(attributes) as Record<keyof typeof ELEMENTS, string>), sheet };
}
