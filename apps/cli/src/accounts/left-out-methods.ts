/** How many active methods were left out, and of how many accounts. */
export class LeftOutMethods {
  constructor(
    private methods = 0,
    private accounts = 0,
  ) {}

  /** @param methods of one more account */
  add(methods: number): void {
    if (methods === 0) return;
    this.methods += methods;
    this.accounts += 1;
  }

  /** @returns a line for the operator; undefined: none was left out */
  text(reason: string): string | undefined {
    if (this.methods === 0) return undefined;
    return `Methods that were left out, because ${reason}: ${this.methods} of ${this.accounts} accounts`;
  }
}
