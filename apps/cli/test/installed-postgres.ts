import { execFile, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { DataSource } from 'typeorm';
import { vi } from 'vitest';

const run = promisify(execFile);
const PROGRAMS = ['initdb', 'postgres', 'pg_dump', 'pg_restore', 'pg_basebackup'];
const DEBIAN = '/usr/lib/postgresql';

/**
 * The folder of an installed PostgreSQL that has the server and the programs for backups, which are of one version so;
 * the embedded one has no such programs. Undefined where there is none.
 */
export function installedPostgres(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((one) => join(DEBIAN, one, 'bin')), ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders.find((folder) => PROGRAMS.every((name) => existsSync(join(folder, name))));
}

/** A server of the installed PostgreSQL, whose superuser needs no password. */
export interface PostgresServer {
  /** The URL of a database, for a login. */
  url(database: string, login?: string): string;
  query(statement: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Programs of the installed PostgreSQL, and servers of it in a scratch folder. */
export class InstalledPostgres {
  readonly scratch = mkdtempSync(join(tmpdir(), 'sallyport-backup-'));
  /** PostgreSQL refuses to run as root. */
  private readonly user = process.getuid?.() === 0 ? idsOf('postgres') : undefined;

  constructor(private readonly folder: string) {
    chmodSync(this.scratch, 0o755);
    if (this.user) chownSync(this.scratch, this.user.uid, this.user.gid);
  }

  path = (name: string): string => join(this.scratch, name);

  async run(program: string, ...words: readonly string[]): Promise<void> {
    await run(join(this.folder, program), words, { cwd: this.scratch, ...this.user });
  }

  /** Starts a server on a cluster of the scratch folder, which is made if it is not there. */
  async start(cluster: string): Promise<PostgresServer> {
    const data = this.path(cluster);
    if (!existsSync(data)) {
      await this.run('initdb', '--pgdata', data, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--no-sync');
    }
    const port = await freePort();
    const local = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'];
    const words = ['-D', data, '-p', String(port), ...local];
    const server = spawn(join(this.folder, 'postgres'), words, { ...this.user, cwd: this.scratch, stdio: 'ignore' });
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    const url = (database: string, login = 'postgres'): string => `postgres://${login}@127.0.0.1:${port}/${database}`;
    const query = async (statement: string): Promise<unknown> => {
      const connection = await new DataSource({ type: 'postgres', url: url('postgres') }).initialize();
      return connection.query(statement).finally(() => connection.destroy());
    };
    await vi.waitFor(() => query('SELECT 1'), { timeout: 30_000 });
    return {
      url,
      query,
      stop: async () => {
        server.kill('SIGINT');
        await ended;
      },
    };
  }

  forget(): void {
    rmSync(this.scratch, { recursive: true, force: true });
  }
}

function idsOf(name: string): { uid: number; gid: number } {
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' })));
  return { uid: uid!, gid: gid! };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
