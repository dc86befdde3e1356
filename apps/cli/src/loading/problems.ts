import { ProgramError } from '#platform';

/** How many wrong entries are told. */
const SHOWN = 20;

/** The way to a member of an entry: `['prices', 0, 'net']` reads `prices[0].net`. */
export type Path = readonly PropertyKey[];

/** How problems are told. */
export interface ProblemTexts {
  /** What did not happen. */
  readonly heading: string;
  /** What an entry, or a member of it, is called. */
  readonly nameOf: (line: number, path: Path) => string;
  /** What is said below the first 20 wrong entries. */
  readonly more: (wrong: number) => string | undefined;
}

/** Collects what is wrong with entries, so that all of it can be mended at once. */
export class Problems {
  private readonly byLine = new Map<number, string[]>();

  constructor(private readonly texts: ProblemTexts) {}

  /** @param line the number of the entry */
  add(line: number, path: Path, rule: string): void {
    const text = `${this.texts.nameOf(line, path)}: ${rule}`;
    this.byLine.set(line, [...(this.byLine.get(line) ?? []), text]);
  }

  /** @param owner the number of the entry that was first; undefined: it is a row of the database */
  addTaken(line: number, path: Path, rule: string, owner?: number): void {
    this.add(line, path, `${rule} (${owner === undefined ? 'in the database' : this.texts.nameOf(owner, [])})`);
  }

  get isEmpty(): boolean {
    return this.byLine.size === 0;
  }

  /** Whether so many entries are wrong that more will not be told. */
  get isFull(): boolean {
    return this.byLine.size >= SHOWN;
  }

  /** @throws ProgramError with the problems of the first 20 wrong entries */
  throwIfAny(): void {
    if (this.isEmpty) return;
    const entries = [...this.byLine].toSorted(([a], [b]) => a - b).slice(0, SHOWN);
    const more = this.texts.more(this.byLine.size);
    const texts = [this.texts.heading, ...entries.flatMap(([, lines]) => lines), ...(more ? [more] : [])];
    throw new ProgramError(texts.join('\n'));
  }
}

/** What is wrong with a file of lines. */
export function problemsOfFile(name: string): Problems {
  return new Problems({
    heading: `Nothing was imported from ${name}:`,
    nameOf: (line, path) => [`line ${line}`, pathText(path)].filter((text) => text !== '').join(': '),
    more: (wrong) => (wrong >= SHOWN ? `There may be more: only the first ${SHOWN} wrong lines are told.` : undefined),
  });
}

/** What is wrong with a document that is read as a whole; `placeOf` is where an entry stands in it. */
export function problemsOfDocument(heading: string, placeOf: (line: number) => Path): Problems {
  return new Problems({
    heading,
    nameOf: (line, path) => pathText([...placeOf(line), ...path]),
    more: (wrong) => (wrong > SHOWN ? `and ${wrong - SHOWN} more` : undefined),
  });
}

function pathText(path: Path): string {
  return path.map((step, at) => stepText(step, at === 0)).join('');
}

function stepText(step: PropertyKey, isFirst: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  const name = String(step);
  if (!/^[\w-]+$/.test(name)) return `[${JSON.stringify(name)}]`;
  return isFirst ? name : `.${name}`;
}
