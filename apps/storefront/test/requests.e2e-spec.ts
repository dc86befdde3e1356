import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomer, PASSWORD, startTestApp, type ApiClient, type TestApp } from '#testing';
import { createStorefront } from '../src/storefront.js';

const NOT_FOUND = '404 Not Found';
const BAD_REQUEST = '400 Bad Request';
const INVALID_DOCUMENT = '400 Post data is invalid.';

describe('The bytes of a request', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp(createStorefront);
  });
  afterAll(() => app.stop());

  /** The status and the first error of what is answered to these bytes. */
  const answerTo = async (request: string | Buffer, { api = app.api }: { api?: ApiClient } = {}): Promise<string> => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    socket.write(request);
    const answer = await text(socket);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head.toLowerCase()).toContain('content-type: application/vnd.api+json');
    const [{ status, detail, code }] = JSON.parse(body).errors;
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    return `${status} ${code ?? detail}`;
  };
  const get = (target: string, head = 'host: shop', version = '1.1'): string =>
    `GET ${target} HTTP/${version}\r\n${head}${head && '\r\n'}connection: close\r\n\r\n`;
  const post = (path: string, body: string | Buffer, head = ''): Buffer =>
    Buffer.concat([
      Buffer.from(`POST ${path} HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n${head}`),
      Buffer.from(`content-length: ${Buffer.byteLength(body)}\r\n\r\n`),
      Buffer.from(body),
    ]);
  const login = (username: string, password = PASSWORD): string =>
    `{"data":{"type":"access-tokens","attributes":{"username":"${username}","password":"${password}"}}}`;

  it.each([
    ['none', ''],
    ['an empty one', 'host:'],
    ['two', 'host: shop\r\nhost: shop'],
    ['one with a blank', 'host: a b'],
    ['one with a path', 'host: a/b'],
    ['one with a user', 'host: user@shop'],
    ['markup', 'host: "><script>'],
    ['a port that is none', 'host: shop:99999'],
    ['an address that is none', 'host: [::1::2]'],
  ])('say by Host where they go: %s is no place', async (_, head) => {
    expect(await answerTo(get('/nothing', head))).toBe(BAD_REQUEST);
  });

  it.each(['shop.example', 'SHOP:8080', '127.0.0.1:3000', '[::1]:3000', 'store_front', 'shop.example.'])(
    'say by Host where they go: %s',
    async (host) => {
      expect(await answerTo(get('/nothing', `host: ${host}`))).toBe(NOT_FOUND);
    },
  );

  it('need no Host before HTTP/1.1', async () => {
    expect(await answerTo(get('/nothing', '', '1.0'))).toBe(NOT_FOUND);
  });

  it('are believed what a trusted proxy says of host and scheme, if it is one', async () => {
    const api = await app.anotherInstance({ TRUSTED_PROXIES: '127.0.0.1' });
    const forwarded = (head: string): Promise<string> => answerTo(get('/nothing', `host: inner\r\n${head}`), { api });
    expect(await forwarded('x-forwarded-host: shop.example\r\nx-forwarded-proto: https')).toBe(NOT_FOUND);
    expect(await forwarded('x-forwarded-host: "><script>')).toBe(BAD_REQUEST);
    expect(await forwarded('x-forwarded-host: a b')).toBe(BAD_REQUEST);
    expect(await forwarded('x-forwarded-proto: javascript')).toBe(BAD_REQUEST);
  });

  it('may name the whole URL, whose host is the one that counts', async () => {
    const token = (await app.api.post('/access-tokens', await credentials())).json.data.attributes.accessToken;
    const socket = connect(Number(new URL(app.api.url).port), '127.0.0.1');
    socket.write(
      get('http://shop.example:8080/multi-factor-auth-types', `host: other\r\nauthorization: Bearer ${token}`),
    );
    const [, body = ''] = (await text(socket)).split('\r\n\r\n');
    expect(JSON.parse(body).links.self).toBe('http://shop.example:8080/multi-factor-auth-types');
    expect(await answerTo(get('http://user:x@shop.example/'))).toBe(BAD_REQUEST);
    expect(await answerTo(get('https://[::1::2]/'))).toBe(BAD_REQUEST);
    expect(await answerTo(get('ftp://shop.example/'))).toBe(NOT_FOUND);
  });

  it('have no fragment', async () => {
    expect(await answerTo(get('/multi-factor-auth-types#'))).toBe(BAD_REQUEST);
    expect(await answerTo(get('/multi-factor-auth-types?a#b'))).toBe(BAD_REQUEST);
  });

  it('are answered with an error document also where no method, expectation or version is known', async () => {
    const head = 'host: shop\r\nconnection: close\r\n\r\n';
    expect(await answerTo(`CONNECT shop:80 HTTP/1.1\r\n${head}`)).toBe('501 Not Implemented');
    expect(await answerTo(`TRACE /nothing HTTP/1.1\r\n${head}`)).toBe(NOT_FOUND);
    expect(await answerTo(`OPTIONS * HTTP/1.1\r\n${head}`)).toBe(NOT_FOUND);
    expect(await answerTo(`BREW / HTTP/1.1\r\n${head}`)).toBe(BAD_REQUEST);
    expect(await answerTo('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).toBe(BAD_REQUEST);
    expect(await answerTo(post('/access-tokens', '{}', 'expect: a-miracle\r\n'))).toBe('417 Expectation Failed');
  });

  it('may begin with a byte order mark, and are UTF-8', async () => {
    const { email } = await createCustomer(app.dataSource);
    const body = login(email);
    const answer = await app.api.call('POST', '/access-tokens', { body: `\ufeff${body}` });
    expect(answer.status).toBe(201);
    const latin1 = Buffer.from(login('müller@civic.example'), 'latin1');
    expect(await answerTo(post('/access-tokens', latin1))).toBe(INVALID_DOCUMENT);
    expect(await answerTo(post('/access-tokens', Buffer.from(body, 'utf16le')))).toBe(INVALID_DOCUMENT);
  });

  it('spell no half of a character', async () => {
    expect(await answerTo(post('/access-tokens', login('a@civic.example', '\\ud83d')))).toBe(INVALID_DOCUMENT);
    expect(await answerTo(post('/access-tokens', login('a@civic.example', '\\ud83d\\ude00')))).toBe('401 003');
  });

  it('are not compressed', async () => {
    const sent = (encoding: string) => answerTo(post('/access-tokens', login('a@civic.example'), encoding));
    expect(await sent('content-encoding: gzip\r\n')).toBe('415 Unsupported media type.');
    expect(await sent('content-encoding: identity\r\n')).toBe('401 003');
    expect(await sent('content-encoding:\r\n')).toBe('401 003');
  });

  async function credentials(): Promise<{ username: string; password: string }> {
    const { email } = await createCustomer(app.dataSource);
    return { username: email, password: PASSWORD };
  }
});
