import { ProgramError } from '#platform';

const SHOWN_LINES = 20;

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
    return this.byLine.size >= SHOWN_LINES;
  }

  /** @throws ProgramError with the problems of the first 20 wrong lines */
  throwIfAny(): void {
    if (this.isEmpty) return;
    const lines = [...this.byLine].toSorted(([a], [b]) => a - b).slice(0, SHOWN_LINES);
    const texts = lines.flatMap(([line, problems]) => problems.map((problem) => `line ${line}: ${problem}`));
    if (this.isFull) texts.push(`There may be more: only the first ${SHOWN_LINES} wrong lines are told.`);
    throw new ProgramError([`Nothing was imported from ${this.source}:`, ...texts].join('\n'));
  }
}
