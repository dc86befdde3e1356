import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeCompleteFile, type Append } from './complete-file.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-file-'));
  path = join(folder, 'file');
});

afterEach(() => rmSync(folder, { recursive: true }));

const write = (replace: boolean, fill: (append: Append) => Promise<unknown> = (append) => append('new')) =>
  writeCompleteFile(path, { replace }, fill);
const read = (): string => readFileSync(path, 'utf8');

describe('A file that appears when it is complete', () => {
  it('has its name at the end only, and is for its owner alone', async () => {
    const answer = await write(false, async (append) => {
      await append('one\n');
      await append(Buffer.from('two\n'));
      expect(readdirSync(folder)).toEqual([expect.stringMatching(/^file\.[0-9a-f]{8}\.partial$/)]);
      return 'done';
    });
    expect([answer, read(), readdirSync(folder)]).toEqual(['done', 'one\ntwo\n', ['file']]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it.each([true, false])('leaves nothing behind when what fills it fails (replace: %s)', async (replace) => {
    const failing = write(replace, async (append) => {
      await append('half');
      throw new Error('broken off');
    });
    await expect(failing).rejects.toThrow('broken off');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes the place of one of the same name, whose rights it does not take over', async () => {
    writeFileSync(path, 'old');
    chmodSync(path, 0o644);
    await write(true);
    expect([read(), statSync(path).mode & 0o777]).toEqual(['new', 0o600]);
  });

  it('keeps one of the same name while it is not complete', async () => {
    writeFileSync(path, 'old');
    await expect(write(true, () => Promise.reject(new Error('broken off')))).rejects.toThrow('broken off');
    expect([read(), readdirSync(folder)]).toEqual(['old', ['file']]);
  });

  it('does not replace what it must not, whenever that appeared', async () => {
    const late = write(false, async () => writeFileSync(path, 'other'));
    await expect(late).rejects.toThrow(`${path} is there already.`);
    expect([read(), readdirSync(folder)]).toEqual(['other', ['file']]);
    await expect(write(false)).rejects.toThrow(`${path} is there already.`);
    expect(read()).toBe('other');
  });

  it.each([
    [true, 'is not a file.'],
    [false, 'is there already.'],
  ])('does not take the place of a link, nor follow it (replace: %s)', async (replace, text) => {
    const elsewhere = join(folder, 'elsewhere');
    symlinkSync(elsewhere, path);
    await expect(write(replace)).rejects.toThrow(`${path} ${text}`);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it.each([true, false])('says why it cannot be written (replace: %s)', async (replace) => {
    path = join(folder, 'no', 'file');
    await expect(write(replace)).rejects.toThrow(`${path} cannot be written (ENOENT).`);
  });
});
