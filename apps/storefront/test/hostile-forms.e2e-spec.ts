import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD } from '#testing';
import { Shop } from './shop.js';

/** The fields of each public form, all of them good enough to reach the database. */
const FORMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/account/sign-in': { username: 'nobody@customers.example', password: PASSWORD },
  '/agent/sign-in': { username: 'nobody@customers.example', password: PASSWORD },
  '/account/sign-out': {},
  '/account/forgotten-password': { email: 'nobody@customers.example' },
  '/account/confirm': { registrationKey: 'key' },
  '/account/new-password': { restorePasswordKey: 'key', password: 'Wharf-Test-77!', confirmPassword: 'Wharf-Test-77!' },
  '/account/register': {
    ...{ salutation: 'Ms', firstName: 'Ada', lastName: 'Kessler', gender: 'Female', dateOfBirth: '1990-04-12' },
    ...{ email: 'new@customers.example', password: 'Wharf-Test-77!', confirmPassword: 'Wharf-Test-77!' },
    acceptedTerms: 'yes',
  },
};
const FORM = 'application/x-www-form-urlencoded';

/** How each field is sent in place of its good value, as it stands in the body. */
const HOSTILE: Readonly<Record<string, (name: string, value: string) => string>> = {
  twice: (name, value) => `${name}=${value}&${name}=${value}x`,
  'not at all': () => '',
  empty: (name) => `${name}=`,
  nested: (name, value) => `${name}[a]=${value}&${name}[b][c]=1`,
  'as a list': (name, value) => `${name}[]=${value}&${name}[]=b`,
  'as a part of a prototype': (name, value) => `__proto__[${name}]=${value}&constructor=${value}&${name}.x=1`,
  'in 100 kB': (name) => `${name}=${'x'.repeat(100_000)}`,
  'with NUL': (name, value) => `${name}=${value}%00x`,
  'with half a surrogate pair': (name) => `${name}=%ED%A0%80@a.example`,
  'with broken percent signs': (name) => `${name}=%E0%A4%A&%zz=%`,
  'with bytes that are no UTF-8': (name) => `${name}=%FF%FE`,
  'with line ends': (name, value) => `${name}=${value}%0D%0ALocation:%20//evil.example`,
};
const SENT = Object.entries(FORMS).flatMap(([path, fields]) =>
  ['none', ...Object.keys(fields)].flatMap((name) => Object.keys(HOSTILE).map((how) => [path, name, how] as const)),
);

describe('A public form', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop.app.stop());

  const send = async (path: string, body: string, type = FORM) => {
    const headers = { 'content-type': type, 'sec-fetch-site': 'same-origin' };
    const response = await fetch(shop.app.api.url + path, { method: 'POST', body, headers, redirect: 'manual' });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  const fetchPage = async (path: string) => {
    const response = await fetch(shop.app.api.url + path, { redirect: 'manual' });
    return { status: response.status, text: await response.text() };
  };
  const expectWords = (path: string, { status, headers, text }: Awaited<ReturnType<typeof send>>): void => {
    expect([path, [303, 400, 415, 422].includes(status), status]).toEqual([path, true, status]);
    if (status === 303) expect(headers.get('location')).toMatch(/^\/(account|agent)[\w/?-]*$/);
    else expect(text).toMatch(/<h1>[^<]+<\/h1>/);
  };

  it.each(SENT)('%s is answered in words where the field %s comes %s', async (path, name, how) => {
    const fields: Record<string, string> = {
      ...FORMS[path],
      ...(path.endsWith('sign-in') && { username: `${name} ${how}` }),
    };
    const { [name]: value = 'x', ...others } = fields;
    const hostile = HOSTILE[how]!(name, encodeURIComponent(value));
    const { status, headers, text } = await send(path, `${new URLSearchParams(others).toString()}&${hostile}`);
    expectWords(path, { status, headers, text });
  });

  it.each(Object.keys(FORMS))('%s is answered in words whatever its body is', async (path) => {
    const json = 'application/json';
    const bodies = [
      ...[
        ['null', json],
        ['[1]', json],
        ['{"email":{"a":1},"username":[[]]}', json],
        ['{', json],
      ],
      ...[
        ['a', 'text/plain'],
        ['--x\r\n', 'multipart/form-data; boundary=x'],
        ['kept=x&kept=y&code[]=1', FORM],
      ],
      [Array.from({ length: 5000 }, (_, n) => `f${n}=${n}`).join('&'), FORM],
    ];
    for (const [body = '', type] of bodies) expectWords(path, await send(path, body, type));
  });

  it.each(Object.keys(FORMS))('%s is shown whatever its query is', async (path) => {
    if (path.endsWith('sign-out')) return;
    for (const query of [
      'sent=1&sent=2',
      'sent[a]=b',
      '__proto__[x]=1',
      'constructor',
      '%00',
      '%ED%A0%80=%FF',
      '%zz',
    ]) {
      const { status, text } = await fetchPage(`${path}?${query}`);
      expect([query, [200, 400].includes(status), /<h1>[^<]+<\/h1>/.test(text)]).toEqual([query, true, true]);
    }
  });
});
