import { createHash, type Hash } from 'node:crypto';
import { ProgramError } from '#platform';
import { openSource } from '../json-lines/import-source.js';
import { LineSplitter } from '../json-lines/line-splitter.js';
import { parseArchivedEntry, parseHeader, type ArchivedEntry, type ArchiveHeader } from './archive-line.js';

/** An entry with the place where it was read. */
export interface PlacedEntry extends ArchivedEntry {
  readonly file: string;
  /** From 1 on. */
  readonly line: number;
}

/** An archive that is read once, from its first line to its last. */
export class ArchiveFile {
  private constructor(
    readonly path: string,
    readonly header: ArchiveHeader,
    private readonly lines: AsyncGenerator<Buffer>,
    private readonly digest: Hash,
  ) {}

  /** @throws ProgramError when the file cannot be read, or is no archive */
  static async open(path: string): Promise<ArchiveFile> {
    const digest = createHash('sha256');
    const lines = linesOf(path, digest);
    const { value } = await lines.next();
    const header = value && parseHeader(value.toString());
    if (!header) throw new ProgramError(`${path}, line 1 is not the first line of an archive.`);
    return new ArchiveFile(path, header, lines, digest);
  }

  /** @throws ProgramError with the line that is no entry, or is missing */
  async *entries(): AsyncGenerator<PlacedEntry> {
    const { path: file } = this;
    let line = 1;
    for await (const bytes of this.lines) {
      line += 1;
      const entry = parseArchivedEntry(bytes.toString());
      if (!entry) throw new ProgramError(`${file}, line ${line} is no entry of an archive.`);
      yield { ...entry, file, line };
    }
    const { entries } = this.header;
    if (line - 1 === entries) return;
    const what = line - 1 < entries ? 'is missing' : 'is one too many';
    const wrong = Math.min(line - 1, entries) + 2;
    throw new ProgramError(`${file}, line ${wrong} ${what}: by its first line the archive has ${entries} entries.`);
  }

  /** SHA-256 of the file in hexadecimal; to be called once, when all entries were read. */
  sha256(): string {
    return this.digest.digest('hex');
  }
}

async function* linesOf(path: string, digest: Hash): AsyncGenerator<Buffer> {
  const splitter = new LineSplitter();
  const { chunks } = await openSource(path);
  let line = 1;
  for await (const chunk of chunks) {
    digest.update(chunk);
    for (const bytes of splitter.push(chunk)) {
      yield bytes;
      line += 1;
    }
  }
  if (splitter.isInLine) throw new ProgramError(`${path}, line ${line} was cut off.`);
}
