// the reader of the output, a terminal or a program such as head, may go before the program ends
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** A line for the person at the terminal. */
export function progress(line: string): void {
  process.stdout.write(`${line}\n`);
}
