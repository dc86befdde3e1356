/** A line for the person at the terminal, of a command whose standard output has another use. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}
