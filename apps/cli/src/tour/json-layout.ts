const LINE_LENGTH = 110;
const INDENT = '  ';

/** JSON for people: what fits stays on one line, and only what does not is broken into its members. */
export function layOut(value: unknown, indent = ''): string {
  const line = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || indent.length + line.length <= LINE_LENGTH) return line;
  const inner = indent + INDENT;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const members = Object.entries(value).map(([name, member]) => {
    const prefix = Array.isArray(value) ? '' : `${JSON.stringify(name)}: `;
    return `${inner}${prefix}${layOut(member, inner)}`;
  });
  return `${open}\n${members.join(',\n')}\n${indent}${close}`;
}
