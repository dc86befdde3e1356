import { once } from 'node:events';
import {
  Agent,
  createServer,
  request as send,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

const CHECK_MS = 500;

/** An instance behind the balancer. */
interface Backend {
  readonly url: string;
  isReady: boolean;
}

/**
 * A load balancer as operators have them: connections that are kept, requests in turn to the instances that say that they
 * are ready, and no second try.
 */
export class Balancer {
  private readonly backends = new Map<string, Backend>();
  private readonly agent = new Agent({ keepAlive: true });
  private readonly server: Server = createServer((request, response) => this.forward(request, response));
  private readonly checks = setInterval(() => void this.check(), CHECK_MS);
  private turn = 0;

  async start(): Promise<string> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves when it gets requests. */
  async add(url: string): Promise<void> {
    this.backends.set(url, { url, isReady: false });
    while (!this.backends.get(url)?.isReady) await this.check();
  }

  async stop(): Promise<void> {
    clearInterval(this.checks);
    this.agent.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async check(): Promise<void> {
    for (const backend of this.backends.values()) {
      const answer = await fetch(`${backend.url}/health/ready`).catch(() => undefined);
      backend.isReady = answer?.ok ?? false;
    }
  }

  private forward(request: IncomingMessage, response: ServerResponse): void {
    const ready = [...this.backends.values()].filter(({ isReady }) => isReady);
    const backend = ready[(this.turn += 1) % ready.length];
    if (!backend) return void response.writeHead(502).end();
    const { method, url: path, headers } = request;
    const onward = send(`${backend.url}${path}`, { method, headers, agent: this.agent }, (answer) => {
      const { connection: _connection, ...others } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, others);
      answer.pipe(response);
    });
    onward.once('error', () => response.writeHead(502).end());
    request.pipe(onward);
  }
}
