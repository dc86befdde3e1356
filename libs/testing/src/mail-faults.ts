import { contrast, escapeHtml, parseColor, type LaidOutMail } from '#look';

/** WCAG 2.2, criterion 1.4.3. */
const READABLE = 4.5;

/**
 * What is wrong with a mail: lines of its text that the HTML does not have, and colours that stand alone or cannot be
 * read, on light or on dark screens.
 */
export function mailFaults({ text, html }: Pick<LaidOutMail, 'text' | 'html'>): string[] {
  const visible = html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  const [, sheet = ''] = /@media \(prefers-color-scheme: dark\) \{\n([^]*?)\n\}/.exec(html) ?? [];
  const dark = new Map([...sheet.matchAll(/^\.([\w-]+) \{ (.*) \}$/gm)].map(([, name, style]) => [name, style ?? '']));
  const elements = [...html.matchAll(/<[a-z1]+ [^>]*>/g)].map(([tag]) => tag);
  const colored = elements.filter((tag) => /color:/.test(tag));
  return [
    ...text.split('\n').filter((line) => !visible.includes(escapeHtml(line.trim()))),
    ...(html.includes('<meta name="color-scheme" content="light dark">') ? [] : ['says nothing of schemes']),
    ...(colored.length > 0 ? [] : ['has no colours']),
    ...colored.flatMap((tag) => [
      ...pairFaults(attribute(tag, 'style')),
      ...pairFaults(dark.get(attribute(tag, 'class')) ?? 'no rule for dark screens'),
    ]),
  ];
}

function attribute(tag: string, name: string): string {
  return new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
}

function pairFaults(style: string): string[] {
  const [, ground] = /(?:^|[; ])background-color: ?(#\w{6})/.exec(style) ?? [];
  const [, text] = /(?:^|[; ])color: ?(#\w{6})/.exec(style) ?? [];
  if (ground === undefined || text === undefined) return [`a colour alone: ${style}`];
  const ratio = contrast(parseColor(ground), parseColor(text));
  return ratio >= READABLE ? [] : [`${text} on ${ground}: ${ratio.toFixed(2)}`];
}
