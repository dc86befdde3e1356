const LINE_FEED = 0x0a;
const LONGEST_LINE = 1_048_576;

/** Cuts a file into lines as it comes, a chunk at a time. */
export class LineSplitter {
  private rest: Buffer = Buffer.alloc(0);

  /** @returns the lines that end in the chunk, without their line ends */
  push(chunk: Buffer): Buffer[] {
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      lines.push(bytes.subarray(start, end));
      start = end + 1;
    }
    this.rest = bytes.subarray(start);
    return lines;
  }

  /** Whether what came last has not ended yet. */
  get isInLine(): boolean {
    return this.rest.length > 0;
  }

  /** Whether it is longer than any account: then it is not worth to wait for its end. */
  get isInEndlessLine(): boolean {
    return this.rest.length > LONGEST_LINE;
  }
}
