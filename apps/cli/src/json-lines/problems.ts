import { ProgramError } from '#platform';

/** As many as anybody wants to read of. */
const SHOWN = 20;

/** Where a problem is: `['customers', 2, 'email']` reads `customers[2].email`. */
export type Place = readonly PropertyKey[];

/** What is wrong with the demo data: all of it, so that a file is mended in one go. */
export class Problems {
  private readonly lines: string[] = [];

  add(place: Place, rule: string): void {
    this.lines.push(`${placeText(place)}: ${rule}`);
  }

  /** @throws ProgramError with a line for each of the first 20 problems */
  throwIfAny(): void {
    if (this.lines.length === 0) return;
    const shown = this.lines.slice(0, SHOWN);
    const hidden = this.lines.length - shown.length;
    if (hidden > 0) shown.push(`and ${hidden} more`);
    throw new ProgramError(['The demo data was not loaded:', ...shown].join('\n'));
  }
}

export function placeText(place: Place): string {
  return place.map((step, at) => stepText(step, at === 0)).join('');
}

function stepText(step: PropertyKey, isFirst: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  const name = String(step);
  if (!/^[\w-]+$/.test(name)) return `[${JSON.stringify(name)}]`;
  return isFirst ? name : `.${name}`;
}

/** What is wrong with a file, by line. */
export class ImportProblems {
  private readonly byLine = new Map<number, string[]>();

  constructor(private readonly source: string) {}

  add(line: number, problem: string): void {
    this.byLine.set(line, [...(this.byLine.get(line) ?? []), problem]);
  }

  get isEmpty(): boolean {
    return this.byLine.size === 0;
  }

  /** As many lines are wrong as anybody wants to read of. */
  get isFull(): boolean {
    return this.byLine.size >= SHOWN;
  }

  /** @throws ProgramError with the problems of the first 20 wrong lines */
  throwIfAny(): void {
    if (this.isEmpty) return;
    const lines = [...this.byLine].toSorted(([a], [b]) => a - b).slice(0, SHOWN);
    const texts = lines.flatMap(([line, problems]) => problems.map((problem) => `line ${line}: ${problem}`));
    if (this.isFull) texts.push(`There may be more: only the first ${SHOWN} wrong lines are told.`);
    throw new ProgramError([`Nothing was imported from ${this.source}:`, ...texts].join('\n'));
  }
}
