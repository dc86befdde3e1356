import { ProgramError } from '#platform';

const SHOWN = 20;

/** Where a problem is: `['customers', 2, 'email']` reads `customers[2].email`. */
export type Place = readonly PropertyKey[];

/** Collects all that is wrong, so that a file is mended in one go. */
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
