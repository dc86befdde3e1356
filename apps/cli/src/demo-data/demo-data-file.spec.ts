import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_DEMO_DATA, readDemoData } from './demo-data-file.js';

let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-data-'));
  path = join(folder, 'shop.json');
});

afterAll(() => rm(folder, { recursive: true }));

async function refusalOf(content: string | Uint8Array): Promise<string> {
  await writeFile(path, content);
  return readDemoData(path).then(
    () => 'read',
    (error: Error) => `${error.name}: ${error.message.replace(path, 'FILE')}`,
  );
}

describe('reading a file', () => {
  it("finds the project's demo shop", async () => {
    expect(await readDemoData(DEFAULT_DEMO_DATA)).toHaveProperty('customers');
  });

  it('does not mind a byte order mark', async () => {
    await writeFile(path, '\uFEFF{"users": []}');
    expect(await readDemoData(path)).toEqual({ users: [] });
  });

  it('says that a file does not exist', async () => {
    const missing = join(folder, 'missing.json');
    await expect(readDemoData(missing)).rejects.toThrow(`The demo data file ${missing} does not exist.`);
  });

  it('says that a folder is not a file', async () => {
    await expect(readDemoData(folder)).rejects.toThrow(`The demo data file ${folder} is a folder, not a file.`);
  });

  it('says that a file is not text', async () => {
    expect(await refusalOf(Uint8Array.of(0x22, 0xff, 0x22))).toBe(
      'ProgramError: The demo data file FILE is not UTF-8 text.',
    );
  });

  it.each([
    ['', 1, 1],
    ['{', 1, 2],
    ['{\n  "a": x\n}', 2, 8],
    ['{"password": "Harbor-Demo-01!" "b"}', 1, 32],
    ['{"a": 1,}', 1, 9],
    ['[1, 2,\n]', 2, 1],
    ['[1}', 1, 3],
    ['{"a": [{}, []], "b": -1.5e3, "c": "\\u00e4\\n"}\n\n}', 3, 1],
    ['{"a" 1}', 1, 6],
    ['{a: 1}', 1, 2],
    ['["open', 1, 2],
    ['["bad \\x"]', 1, 2],
    ['[01]', 1, 3],
    ['[1 2]', 1, 4],
    ['[,]', 1, 2],
    ["['a']", 1, 2],
    ['[true, falsy]', 1, 8],
    ['"a" "b"', 1, 5],
  ])('says where %j is not JSON', async (text, line, column) => {
    expect(await refusalOf(text)).toBe(
      `ProgramError: The demo data file FILE is not JSON: see line ${line}, column ${column}.`,
    );
  });
});
