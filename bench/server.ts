import { execFile, fork, type ChildProcess } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ProgramError } from '#platform';

const MIGRATE = 'dist/apps/cli/src/migrate.js';
const SERVER_PROCESS = fileURLToPath(new URL('./server-process.js', import.meta.url));

/** The folder of this file's checkout. */
export const THIS_CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

export class BenchServer {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  /**
   * Migrates an empty database and starts the application on it.
   *
   * @throws ProgramError if the application does not start
   */
  static async start(folder: string, url: string): Promise<BenchServer> {
    await migrate(folder, url);
    const child = fork(SERVER_PROCESS, [folder, url]);
    const port = await new Promise<number>((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', () => reject(new ProgramError(`The bench application of ${folder} does not start.`)));
    });
    return new BenchServer(port, child);
  }

  stop(): void {
    this.child.disconnect();
  }
}

/** @throws ProgramError if the folder is not a built checkout */
export async function checkBuiltCheckout(folder: string): Promise<void> {
  await access(join(folder, MIGRATE)).catch(() => {
    throw new ProgramError(`${folder} is no built checkout: it has no ${MIGRATE}.`);
  });
}

/** Runs the checkout's own migrations, because its tables may differ. */
async function migrate(folder: string, url: string): Promise<void> {
  const env = { ...process.env, DATABASE_URL: url };
  await promisify(execFile)(process.execPath, [join(folder, MIGRATE)], { env, cwd: folder });
}
