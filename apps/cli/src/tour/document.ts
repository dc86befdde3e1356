/** A line that an answer must be; `…` in it stands for anything. */
export interface Promised {
  /** In the document, counted from 1. */
  readonly line: number;
  readonly text: string;
}

/** Commands that are run in one go, and what they are promised to print; without a promise they may print anything. */
export interface Commands {
  readonly line: number;
  readonly code: string;
  readonly promised: readonly Promised[];
}

/** What a document has, in its order: text for people, or commands. */
export type Part = { readonly text: string } | Commands;

interface Line {
  readonly line: number;
  readonly text: string;
}

const COMMENT = '# ';

/**
 * Reads the paragraphs and the bash blocks of a Markdown document. A comment directly behind a command is what the
 * command is promised to print; a blank line ends a command. Other blocks are left out.
 */
export function readDocument(markdown: string): readonly Part[] {
  const parts: Part[] = [];
  let paragraph: string[] = [];
  let block: { readonly language: string; readonly lines: Line[] } | undefined;
  const endParagraph = (): void => {
    if (paragraph.length > 0) parts.push({ text: paragraph.join('\n') });
    paragraph = [];
  };
  for (const [index, text] of markdown.split(/\r?\n/).entries()) {
    const fence = /^```(\w*)/.exec(text);
    if (fence && block) {
      if (block.language === 'bash') parts.push(...commandsOf(block.lines));
      block = undefined;
    } else if (fence) {
      endParagraph();
      block = { language: fence[1] ?? '', lines: [] };
    } else if (block) block.lines.push({ line: index + 1, text });
    else if (text.trim() === '') endParagraph();
    else paragraph.push(text);
  }
  endParagraph();
  return parts;
}

function commandsOf(lines: readonly Line[]): readonly Commands[] {
  const found: Commands[] = [];
  let code: Line[] = [];
  let promised: Promised[] = [];
  const end = (): void => {
    const [first] = code;
    if (first) found.push({ line: first.line, code: code.map(({ text }) => text).join('\n'), promised });
    code = [];
    promised = [];
  };
  for (const { line, text } of lines) {
    const isPromise = text.startsWith(COMMENT) && code.some((one) => !one.text.startsWith('#'));
    if (isPromise) promised.push({ line, text: text.slice(COMMENT.length) });
    else if (text.trim() === '') end();
    else {
      if (promised.length > 0) end();
      code.push({ line, text });
    }
  }
  end();
  return found;
}

/** The first line that is not as promised. */
export interface Difference {
  readonly line: number;
  readonly promised: string;
  readonly came: string;
}

/** Compares what commands have printed with what was promised, line by line; spaces at the ends do not count. */
export function differenceOf({ line, promised }: Commands, output: string): Difference | undefined {
  if (promised.length === 0) return undefined;
  const came = output.split('\n').filter((text) => text.trim() !== '');
  const broken = promised.find(({ text }, index) => !isAsPromised(text, came[index] ?? ''));
  if (broken) {
    return { line: broken.line, promised: broken.text, came: came[promised.indexOf(broken)] ?? 'nothing' };
  }
  if (came.length === promised.length) return undefined;
  return { line, promised: `${promised.length} line(s)`, came: `${came.length}: ${came.at(-1)}` };
}

function isAsPromised(promised: string, came: string): boolean {
  const texts = promised.trim().split('…');
  const pattern = texts.map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)).join('.*');
  return new RegExp(`^${pattern}$`).test(came.trim());
}
