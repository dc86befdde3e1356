/** Remembers what was told last, so that a state that lasts is told once, and again when it has changed. */
export class Told {
  private last: string | undefined;

  /** @param state undefined: all is well, as it is at first */
  isNew(state: string | undefined): boolean {
    const isNew = state !== this.last;
    this.last = state;
    return isNew;
  }
}
