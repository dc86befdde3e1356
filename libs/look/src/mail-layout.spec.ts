import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailFaults } from '#testing';
import { escapeHtml } from './escape-html.js';
import { layOutMail, type MailPart } from './mail-layout.js';

const KEY = 'q3Xj0m2d9rTz_8LkPw5sVn1bYc7hGfQe4uRiAo6tJxE';
const PARTS: readonly MailPart[] = [
  'A paragraph.',
  { code: '123456' },
  { code: KEY, label: 'Key' },
  { link: 'https://shop.example/page#key=a&b', label: 'Open it' },
  {
    facts: [
      ['When', '1 October 2026 at 14:05 UTC'],
      ['From', '203.0.113.7'],
    ],
  },
  { facts: [] },
  { notice: 'It was not you?' },
];
const CONTENT = { language: 'en', subject: 'A subject', parts: PARTS } as const;

/** What stands on the page, without tags. */
const seen = (html: string): string => html.replace(/<(style|title)>[^]*?<\/\1>|<[^>]*>/g, '');

describe('A mail', () => {
  it('can be read on light and dark screens, whatever the colour of the operator', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const color = `#${number.toString(16).padStart(6, '0')}`;
        for (const name of ['Harbor Supply', '']) {
          expect(mailFaults(layOutMail(CONTENT, { name, color }))).toEqual([]);
        }
      }),
    );
  });

  it('says as text what it says as HTML, with codes, links and facts on lines of their own', () => {
    expect(layOutMail(CONTENT, { name: 'Harbor Supply', color: '#0b5cad' }).text).toBe(`A paragraph.

123456

Key: ${KEY}

https://shop.example/page#key=a&b

When: 1 October 2026 at 14:05 UTC
From: 203.0.113.7

It was not you?

Harbor Supply
`);
  });

  it('begins with its preview, which is not shown again, and else with its first paragraph', () => {
    const look = { name: 'Harbor Supply', color: '#0b5cad' };
    const previewed = layOutMail({ ...CONTENT, preview: '123456 is your code.', title: 'Your code' }, look);
    expect(seen(previewed.html).trim()).toMatch(/^123456 is your code\.\s+Harbor Supply\s+Your code\s+A paragraph\./);
    expect(previewed.html).toMatch(/<div style="display:none[^"]*">123456 is your code\.<\/div>/);
    expect(previewed.text).toMatch(/^123456 is your code\.\n\nA paragraph\.\n/);
    expect(seen(layOutMail(CONTENT, look).html).trim()).toMatch(/^A paragraph\.\s+Harbor Supply\s+A subject/);
  });

  it('has a link as a button and to read, and codes that are selected in one piece', () => {
    const { html } = layOutMail(CONTENT, { name: '', color: '#0b5cad' });
    const links = [...html.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g)].map(([, href, text]) => [href, text]);
    expect(links).toEqual([
      ['https://shop.example/page#key=a&amp;b', 'Open it'],
      ['https://shop.example/page#key=a&amp;b', 'https://shop.example/page#key=a&amp;b'],
    ]);
    const selected = [...html.matchAll(/<p [^>]*;user-select:all[^>]*>([^<]*)<\/p>/g)].map(([, text]) => text);
    expect(selected).toEqual(['123456', KEY]);
  });

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    `' onmouseover='alert(1)`,
    '</style><style>*{display:none}',
    '</title><h1>',
    '<!-- ',
    '&lt;b&gt;&#60;i&#62;',
    'Shop\r\n\r\nKey: forged',
    'Shop\u0000\u001b[31m',
    '<a href="javascript:alert(1)">here</a>',
  ])('has what names say as text: %j', (hostile) => {
    const laidOut = (text: string) => {
      const link = `https://shop.example/#${text}`;
      const parts: readonly MailPart[] = [
        text,
        ...[{ code: text, label: text }, { link, label: text }, { facts: [[text, text]] } as const, { notice: text }],
      ];
      return layOutMail({ language: 'en', subject: text, preview: text, parts }, { name: text, color: '#0b5cad' });
    };
    const [mail, harmless] = [laidOut(hostile), laidOut('x'.repeat(hostile.length))];
    const tags = (html: string): string[] =>
      html.match(/<[/!a-z][^>]*>/gi)!.map((tag) => tag.replace(/href="[^"]*"/, ''));
    expect(tags(mail.html)).toEqual(tags(harmless.html));
    expect(seen(mail.html)).toContain(escapeHtml(hostile));
    expect(mail.text.split('\n')).toHaveLength(harmless.text.split('\n').length);
  });
});
