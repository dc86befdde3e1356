import { describe, expect, it } from 'vitest';
import { differenceOf, readDocument, type Commands } from './document.js';

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
