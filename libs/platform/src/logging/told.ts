/** Remembers the last reported state, so that each state is reported once until it changes. */
export class Told {
  private last: string | undefined;

  /** @param state undefined if all is well, which is also the first state */
  isNew(state: string | undefined): boolean {
    const isNew = state !== this.last;
    this.last = state;
    return isNew;
  }
}
