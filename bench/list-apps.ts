import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort, newEncryptionKey, newPrivateKey, newSecret, ProgramError } from '#platform';
import type { ListCase } from './list-cases.js';
import { LIST_ACCOUNTS } from './list-rows.sql.js';

const { administrator, agent, customer, password } = LIST_ACCOUNTS;

/** Both apps as in production, each in its own process, with logged-in accounts. */
export class ListApps {
  private constructor(
    private readonly processes: readonly ChildProcess[],
    readonly ports: Readonly<Record<ListCase['app'], number>>,
    readonly tokens: Readonly<Record<ListCase['as'], string>>,
  ) {}

  /** @throws ProgramError if an app does not start or refuses a login */
  static async start(databaseUrl: string): Promise<ListApps> {
    const ports = { backend: await freePort(), storefront: await freePort() };
    const env = {
      ...process.env,
      DATABASE_URL: databaseUrl,
      SMTP_URL: 'smtp://127.0.0.1:1', // no mail is sent
      BACKEND_PORT: String(ports.backend),
      STOREFRONT_PORT: String(ports.storefront),
      CLIENT_RATE_PER_MINUTE: '0',
      LOG_LEVEL: 'warn',
      JWT_PRIVATE_KEY: newPrivateKey(),
      MFA_SECRETS: `bench:${newSecret()}`,
      MFA_ENCRYPTION_KEYS: `bench:${newEncryptionKey()}`,
    };
    const processes = [startApp('backend', env), startApp('storefront', env)];
    try {
      await Promise.all(processes.map(ready));
      return new ListApps(processes, ports, await logIn(ports));
    } catch (error) {
      for (const app of processes) app.kill();
      throw error;
    }
  }

  stop(): void {
    for (const app of this.processes) app.kill();
  }
}

function startApp(name: ListCase['app'], env: NodeJS.ProcessEnv): ChildProcess {
  return fork(fileURLToPath(new URL(`../apps/${name}/src/main.js`, import.meta.url)), [], { env });
}

function ready(app: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    app.once('message', () => resolve());
    app.once('exit', () => reject(new ProgramError('An app does not start.')));
  });
}

async function logIn(ports: ListApps['ports']): Promise<ListApps['tokens']> {
  const form = new URLSearchParams({ grant_type: 'password', username: administrator, password });
  const backend = await answerOf(`http://127.0.0.1:${ports.backend}/token`, { body: form });
  const login = async (type: string, username: string): Promise<string> => {
    const document = { data: { type, attributes: { username, password } } };
    const answer = await answerOf(`http://127.0.0.1:${ports.storefront}/${type}`, {
      body: JSON.stringify(document),
      headers: { 'content-type': 'application/json' },
    });
    return (answer as { data: { attributes: { accessToken: string } } }).data.attributes.accessToken;
  };
  return {
    administrator: (backend as { access_token: string }).access_token,
    agent: await login('agent-access-tokens', agent),
    customer: await login('access-tokens', customer),
  };
}

async function answerOf(url: string, request: RequestInit): Promise<unknown> {
  const answer = await fetch(url, { method: 'POST', ...request });
  if (!answer.ok) throw new ProgramError(`${url} answers ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
