import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerUnreadableRequest, useUnreadableRequests } from './unreadable-requests.js';

describe('A server that answers what is no request', () => {
  const server: Server = createServer({ headersTimeout: 50, requestTimeout: 50, connectionsCheckingInterval: 10 });

  beforeAll(async () => {
    server.on('clientError', (error, socket) =>
      answerUnreadableRequest(error as object, socket as Socket, { withMessage: true }),
    );
    useUnreadableRequests(server, { withMessage: true });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => server.close());

  /** A client that never closes its own end. */
  const openEnded = (): Socket =>
    connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true });
  const answerTo = async (client: Socket, request: string): Promise<string> => {
    let answer = '';
    client.on('data', (bytes) => (answer += String(bytes)));
    client.write(request);
    await once(client, 'end');
    return answer;
  };

  it('answers 408 to one that is too slow, and keeps no descriptor although the client holds on to it', async () => {
    const gone = new Promise((resolve) => {
      server.once('connection', (socket: Socket) => socket.once('close', resolve));
    });
    const client = openEnded();
    const answer = await answerTo(client, 'GET / HTTP/1.1\r\nhost: x\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n[^]*"message":"Request Timeout"/);
    await gone;
    client.destroy();
  });

  it('writes errors as the app does', async () => {
    const client = openEnded();
    expect(await answerTo(client, 'NONSENSE\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 Bad Request\r\n[^]*"message":"Bad Request"/,
    );
    client.destroy();
  });
});
