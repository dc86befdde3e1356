/** A line for the person at the terminal. */
export function progress(line: string): void {
  process.stdout.write(`${line}\n`);
}
