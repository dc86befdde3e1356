import { once } from 'node:events';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Shop } from '../../../apps/storefront/test/shop.js';
import { createStepUpFetch, StepUpCancelled, type StepUpPrompt } from '../src/index.js';
import { FrontEnd } from './front-end.js';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.app.stop());

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

/** A person who waits until the test answers for them. */
class Dialog {
  readonly open: { readonly prompt: StepUpPrompt; readonly answer: (value: string | undefined) => void }[] = [];

  show = (prompt: StepUpPrompt): Promise<string | undefined> =>
    new Promise((answer) => {
      this.open.push({ prompt, answer });
    });
}

/** Requests that all wait at one prompt. */
async function atPrompt(signals: readonly (AbortSignal | undefined)[]) {
  const dialog = new Dialog();
  const front = await FrontEnd.protected(shop, dialog.show);
  // the prompt opens when all were refused: until then the list of methods waits
  front.gate = ({ method }) =>
    method === 'GET' ? vi.waitUntil(() => front.answered >= signals.length, { timeout: 10_000 }) : undefined;
  const requests = signals.map((signal) => front.addAddress(signal && { signal }));
  const outcomes = requests.map((request) => failure(request));
  const { prompt, answer } = await vi.waitUntil(() => dialog.open[0], { timeout: 10_000 });
  return { dialog, front, requests, outcomes, prompt, answer };
}

describe('Cancelling the prompt', () => {
  it('rejects all that wait, changes nothing, and asks again the next time', async () => {
    const { dialog, front, outcomes, answer } = await atPrompt([undefined, undefined, undefined]);
    answer(undefined);
    const cancelled = expect.any(StepUpCancelled);
    expect(await Promise.all(outcomes)).toEqual([cancelled, cancelled, cancelled]);
    const next = front.addAddress();
    await vi.waitUntil(() => dialog.open.length === 2, { timeout: 10_000 });
    dialog.open[1]!.answer(await front.readMail(dialog.open[1]!.prompt));
    expect([(await next).status, await front.misses()]).toEqual([201, 0]);
  });

  it('also rejects what was under way and is refused only afterwards', async () => {
    const dialog = new Dialog();
    const front = await FrontEnd.protected(shop, dialog.show);
    let arrive: (() => void) | undefined;
    front.gate = () => {
      front.gate = () => undefined;
      return new Promise<void>((resolve) => {
        arrive = resolve;
      });
    };
    const late = failure(front.addAddress());
    await vi.waitUntil(() => arrive, { timeout: 10_000 });
    const first = failure(front.addAddress());
    (await vi.waitUntil(() => dialog.open[0], { timeout: 10_000 })).answer(undefined);
    const cancelled = await first;
    arrive?.();
    expect([cancelled, await late]).toEqual([expect.any(StepUpCancelled), cancelled]);
    expect(dialog.open).toHaveLength(1);
  });

  it('by a rejection keeps the reason as the cause', async () => {
    const reason = new Error('The dialog was closed.');
    const front = await FrontEnd.protected(shop, () => Promise.reject(reason));
    expect(await failure(front.addAddress())).toMatchObject({ name: 'StepUpCancelled', cause: reason });
  });
});

describe('A signal', () => {
  it('ends the wait of its own request, also of the one that opened the prompt, and of no other', async () => {
    const given = new AbortController();
    const { front, requests, outcomes, prompt, answer } = await atPrompt([given.signal, undefined, undefined]);
    const reason = new Error('left the page');
    given.abort(reason);
    expect(await outcomes[0]).toBe(reason);
    expect(prompt.signal.aborted).toBe(false);
    answer(await front.readMail(prompt));
    const [second, third] = await Promise.all(requests.slice(1));
    expect([second!.status, third!.status, front.prompts.length]).toEqual([201, 201, 1]);
    expect(prompt.signal.aborted).toBe(false);
  });

  it('of the last one that waits aborts the prompt, whose value nobody uses then', async () => {
    const given = [new AbortController(), new AbortController()];
    const { dialog, front, outcomes, prompt, answer } = await atPrompt(given.map(({ signal }) => signal));
    given[0]!.abort();
    expect(prompt.signal.aborted).toBe(false);
    given[1]!.abort();
    expect(await Promise.all(outcomes)).toMatchObject([{ name: 'AbortError' }, { name: 'AbortError' }]);
    expect(prompt.signal.aborted).toBe(true);
    answer('too late');
    const next = front.addAddress();
    await vi.waitUntil(() => dialog.open.length === 2, { timeout: 10_000 });
    dialog.open[1]!.answer(await front.readMail(dialog.open[1]!.prompt));
    expect([(await next).status, await front.misses()]).toEqual([201, 0]);
  });

  it('that ends the trial of a value leaves the value to the others', async () => {
    const given = new AbortController();
    const { front, requests, outcomes, prompt, answer } = await atPrompt([given.signal, undefined, undefined]);
    const code = await front.readMail(prompt);
    front.gate = ({ headers }) => {
      front.gate = () => undefined;
      expect(headers.get('x-mfa-code')).toBe(code);
      given.abort();
      return undefined;
    };
    answer(code);
    expect(await outcomes[0]).toMatchObject({ name: 'AbortError' });
    const answers = await Promise.all(requests.slice(1));
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect([front.prompts.length, await front.misses()]).toEqual([1, 0]);
  });
});

describe('What cannot be sent', () => {
  it.each(['https://elsewhere.example/carts', '//elsewhere.example/carts'])('is %s, at another origin', async (url) => {
    const front = new FrontEnd(shop, await shop.customer());
    const error = await failure(front.fetch(url));
    expect(error).toMatchObject({ name: 'TypeError', message: expect.stringContaining('elsewhere.example') });
    expect(front.sent).toEqual([]);
  });

  it('is a stream: it could not be sent again', async () => {
    const front = new FrontEnd(shop, await shop.customer());
    const body = new Blob(['x']).stream();
    const error = await failure(front.fetch('carts', { method: 'POST', body, duplex: 'half' } as RequestInit));
    expect(error).toMatchObject({ name: 'TypeError', message: expect.stringContaining('only once') });
    expect(front.sent).toEqual([]);
  });

  it('is a token that no header can hold, and the error does not show it', async () => {
    const given = { authorization: 'Bearer secret\u2026' };
    const error = await failure(new FrontEnd(shop, await shop.customer(), undefined, given).fetch('carts'));
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).not.toContain('secret');
  });
});

describe('Without an answer', () => {
  const listen = async (server: Server | HttpServer): Promise<string> => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const options = { authorization: 'Bearer secret', stepUp: () => undefined };

  it('nothing is sent a second time', async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    const baseUrl = await listen(server);
    const send = createStepUpFetch({ baseUrl, ...options });
    const error = await failure(send('checkout', { method: 'POST', body: '{}' }));
    server.close();
    expect([error, connections]).toEqual([expect.any(TypeError), 1]);
    expect(String(error)).toBe(
      `TypeError: No answer from ${baseUrl}: the network failed, it redirected, or it does not allow this page’s origin (CORS).`,
    );
  });

  it('a redirect is not followed: code and token stay with the API', async () => {
    let calls = 0;
    const elsewhere = createHttpServer((_request, response) => {
      calls += 1;
      response.end();
    });
    const location = await listen(elsewhere);
    const api = createHttpServer((_request, response) => void response.writeHead(307, { location }).end());
    const send = createStepUpFetch({ baseUrl: await listen(api), ...options });
    const error = await failure(send('carts', { method: 'DELETE' }));
    for (const server of [api, elsewhere]) server.close();
    expect([error, calls]).toEqual([expect.any(TypeError), 0]);
  });
});
