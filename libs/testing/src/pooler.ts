import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from '#platform';

/** Settings that the program relies on and that the server may have differently. */
const SETTINGS = { statement_timeout: `'15s'`, TimeZone: `'UTC'`, DateStyle: 'ISO, MDY' };

export interface Pooler {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts PgBouncer in transaction mode in front of a server, configured as in docs/operations.md. The server's login
 * gets the settings that connections through the pooler cannot set.
 *
 * @param program PgBouncer's path
 */
export async function startPooler(program: string, serverUrl: string): Promise<Pooler> {
  await giveSettings(serverUrl);
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-pooler-'));
  const port = await freePort();
  const file = join(folder, 'pgbouncer.ini');
  writeFileSync(file, configuration(new URL(serverUrl), port));
  chmodSync(folder, 0o755); // PgBouncer started by root continues as another user
  const child = spawn(program, ['-q', file], { stdio: 'inherit' });
  const ended = new Promise<never>((_resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`PgBouncer ended with exit code ${code}.`)));
  });
  const url = Object.assign(new URL(serverUrl), { port: String(port) }).toString();
  await Promise.race([answers(url), ended]);
  ended.catch(() => undefined);
  return {
    url: `${url}${url.includes('?') ? '&' : '?'}prepared_statements=false`,
    stop: async () => {
      child.kill('SIGINT');
      await ended.catch(() => undefined);
      rmSync(folder, { recursive: true });
    },
  };
}

async function giveSettings(serverUrl: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  for (const [name, value] of Object.entries(SETTINGS)) {
    await client.query(`ALTER ROLE CURRENT_USER SET ${name} = ${value}`);
  }
  await client.end();
}

function configuration({ hostname, port, username, password }: URL, listenPort: number): string {
  const login = `user=${decodeURIComponent(username)} password=${decodeURIComponent(password)}`;
  return `
    [databases]
    * = host=${hostname} port=${port} ${login}
    [pgbouncer]
    listen_addr = 127.0.0.1
    listen_port = ${listenPort}
    unix_socket_dir =
    auth_type = any
    ${process.getuid?.() === 0 ? 'user = nobody' : ''}
    pool_mode = transaction
    ignore_startup_parameters = options, replication
    default_pool_size = 8
    max_client_conn = 2000
  `.replaceAll(/^ +/gm, '');
}

/** @throws the error of the last of a hundred attempts */
async function answers(url: string, tries = 100): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.end();
  } catch (error) {
    if (tries === 1) throw error;
    await setTimeout(100);
    await answers(url, tries - 1);
  }
}
