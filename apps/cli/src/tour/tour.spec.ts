import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { differenceOf, readDocument, type Commands } from './document.js';
import { takeTour, type Tour } from './take-tour.js';

const FENCE = '```';
const block = (...lines: string[]): string => [`${FENCE}bash`, ...lines, FENCE].join('\n');

describe('A document of the tour', () => {
  it('has paragraphs and commands in their order', () => {
    const markdown = `# Tour\n\nOne\ntwo.\n\n${block('echo a', '# a')}\nThree.`;
    expect(readDocument(markdown)).toEqual([
      { text: '# Tour' },
      { text: 'One\ntwo.' },
      { line: 7, code: 'echo a', promised: [{ line: 8, text: 'a' }] },
      { text: 'Three.' },
    ]);
  });

  it('has no commands in blocks of another language', () => {
    expect(readDocument(`${FENCE}text\necho a\n\n# a\n${FENCE}\n${FENCE}\necho b\n${FENCE}`)).toEqual([]);
  });

  it('takes comments directly behind commands as what these print, and all others as comments', () => {
    expect(
      readDocument(
        block('# what f does', 'f() {', '  echo a # b', '}', '', 'f', '# a', 'f; f', '# a', '# a', '', '# end'),
      ),
    ).toEqual([
      { line: 2, code: '# what f does\nf() {\n  echo a # b\n}', promised: [] },
      { line: 7, code: 'f', promised: [{ line: 8, text: 'a' }] },
      { line: 9, code: 'f; f', promised: [10, 11].map((line) => ({ line, text: 'a' })) },
      { line: 13, code: '# end', promised: [] },
    ]);
  });

  it('has the same lines with the line ends of Windows', () => {
    const markdown = block('echo a', '# a');
    expect(readDocument(markdown.replaceAll('\n', '\r\n'))).toEqual(readDocument(markdown));
  });
});

describe('What commands print', () => {
  const commands = (...texts: string[]): Commands => ({
    line: 1,
    code: 'f',
    promised: texts.map((text, index) => ({ line: index + 2, text })),
  });

  it.each([
    ['-> 204', ' -> 204\n'],
    ['{"id":"…","n":[1.5]} -> 200', '{"id":"DE--7","n":[1.5]} -> 200'],
    ['{…} -> …', '{} -> 201'],
  ])('is as promised: %s', (promised, output) => {
    expect(differenceOf(commands(promised), output)).toBeUndefined();
  });

  it.each([
    ['-> 204', ' -> 200\n'],
    ['-> 20', ' -> 204\n'],
    ['{"n":1.5}', '{"n":125}'],
    ['a…b', 'ab c'],
  ])('is not as promised: %s', (promised, output) => {
    expect(differenceOf(commands(promised), output)).toEqual({ line: 2, promised, came: output.trimEnd() });
  });

  it('is told by the line of the first promise that is broken', () => {
    expect(differenceOf(commands('a', 'b', 'c'), 'a\nx\ny\n')).toEqual({ line: 3, promised: 'b', came: 'x' });
    expect(differenceOf(commands('a', 'b'), 'a\n')).toEqual({ line: 3, promised: 'b', came: 'nothing' });
  });

  it('may not be more than was promised', () => {
    expect(differenceOf(commands('a'), 'a\nb\n')).toEqual({ line: 1, promised: '1 line(s)', came: '2: b' });
  });

  it('may be anything where nothing is promised', () => {
    expect(differenceOf(commands(), 'a\nb\n')).toBeUndefined();
  });
});

describe('The tour', () => {
  let folder: string;
  let document: string;
  let printed: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-tour-'));
    document = join(folder, 'tour.md');
  });
  beforeEach(() => {
    printed = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((printed += String(chunk)), true));
    return () => void vi.restoreAllMocks();
  });
  afterAll(() => rm(folder, { recursive: true }));

  const take = async (lines: readonly string[], tour: Partial<Tour> = {}, signal = new AbortController().signal) => {
    await writeFile(document, [`**1. A step.**`, '', `${FENCE}bash`, ...lines, FENCE, 'More.'].join('\n'));
    await takeTour({ document, variables: {}, programs: [], sendIntervalMs: 0, ...tour }, signal);
  };

  it('prints the text, and each command with its answer, and counts what was as promised', async () => {
    await take(['A=$B', 'echo "$A" >&2', '# it works', '', 'f() { echo "<$1>"; }', '', 'f 1', '# <…>'], {
      variables: { B: 'it works' },
    });
    const lines = printed.split('\n').map((line) => line.trim());
    expect(lines).toEqual(expect.arrayContaining(['1. A step.', 'echo "$A" >&2', 'it works', 'f 1', '<1>']));
    expect(printed).toMatch(/<1>\n\nTour complete: 2 answers, as promised\.\n$/);
  });

  it('stops at the first answer that is not as promised, and names its line', async () => {
    await expect(take(['echo " -> 200"', '# -> 204', 'echo never', '# never'])).rejects.toThrow(
      `${document}:5: not as promised\n  promised: -> 204\n  came:      -> 200`,
    );
    expect(printed).not.toContain('never');
  });

  it('stops at a command that fails, and shows what it printed', async () => {
    await expect(take(['echo a', '# a', '', 'echo no >&2', 'false', 'echo never'])).rejects.toThrow(
      `${document}:7: a command failed (exit code 1)\nno`,
    );
  });

  it('stops at a command that is not complete', async () => {
    await expect(take(['echo "a', '# a'])).rejects.toThrow(`${document}:4: a command failed`);
  });

  it('lets no command read the commands behind it', async () => {
    await take(['cat', 'echo a', '# a']);
    expect(printed).toContain('Tour complete: 1 answers');
  });

  it('waits when an account was sent too many codes, and asks once more', async () => {
    const answer = 'if [[ -n $ASKED ]]; then echo "-> 204"; else echo \'{"code":"5912"}\'; ASKED=1; fi';
    await take([answer, '# -> 204']);
    expect(printed).toContain('Too many codes were sent to this account (5912): waiting 0 s.');
    await expect(take(['echo \'{"code":"5912"}\'', '# -> 204'])).rejects.toThrow('came:     {"code":"5912"}');
  });

  it('ends with all that it runs when it is interrupted', async () => {
    const controller = new AbortController();
    const end = new Error('Interrupted.');
    const tour = take(['sleep 600', '# a'], {}, controller.signal);
    await Promise.all([
      expect(tour).rejects.toBe(end),
      vi.waitFor(() => expect(printed).toContain('sleep 600'), { timeout: 10_000 }).then(() => controller.abort(end)),
    ]);
  });

  it('says which program is missing', async () => {
    await expect(take(['echo a', '# a'], { programs: ['bash', 'curl-of-nobody'] })).rejects.toThrow(
      'curl-of-nobody is missing. The tour needs bash and curl.',
    );
  });

  it('refuses a document that promises nothing, and one that is not there', async () => {
    await expect(take(['echo a'])).rejects.toThrow(`${document} has no bash block with a promised answer.`);
    await expect(take(['echo a'], { document: join(folder, 'none.md') })).rejects.toThrow('cannot be read (ENOENT)');
  });
});
