import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ProgramError, type AppName } from '#platform';

const APP_NAMES: readonly AppName[] = ['storefront', 'backend'];
const STOP_TIMEOUT_MS = 20_000;

/** What an app is told beyond this program's own environment. */
export interface AppEnvironment {
  readonly DATABASE_URL: string;
  readonly SMTP_URL: string;
}

/** Both apps, each in a process of its own. */
export class Apps {
  private constructor(
    private readonly processes: readonly ChildProcess[],
    /** Resolves when both serve requests. */
    readonly ready: Promise<unknown>,
    /** Resolves with the reason when one of them ends. */
    readonly ended: Promise<ProgramError>,
  ) {}

  static start(environment: AppEnvironment): Apps {
    const processes = APP_NAMES.map((name) => forkApp(name, environment));
    const ready = processes.map((app) => new Promise((resolve) => app.once('message', resolve)));
    const ended = processes.map((app, index) => endOf(app, APP_NAMES[index] ?? ''));
    return new Apps(processes, Promise.all(ready), Promise.race(ended));
  }

  /** Asks both to end, and forces one that does not within 20 s. */
  async stop(): Promise<void> {
    await Promise.all(this.processes.map(stopApp));
  }
}

/** What the launcher has read, and the login that owns the tables. */
const NOT_FOR_APPS = {
  DATABASE_URL_FILE: undefined,
  SMTP_URL_FILE: undefined,
  MIGRATION_DATABASE_URL: undefined,
  MIGRATION_DATABASE_URL_FILE: undefined,
};

/**
 * An app in a process group of its own, which Ctrl-C in a terminal does not reach: the launcher stops it. Here a person
 * reads the output, so requests are not logged unless LOG_LEVEL is set.
 */
function forkApp(name: AppName, environment: AppEnvironment): ChildProcess {
  const main = fileURLToPath(new URL(`../../../${name}/src/main.js`, import.meta.url));
  return fork(main, [], {
    env: { LOG_LEVEL: 'warn', ...process.env, ...NOT_FOR_APPS, ...environment },
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

function endOf(app: ChildProcess, name: string): Promise<ProgramError> {
  return new Promise((resolve) => {
    app.once('error', ({ message }) => resolve(new ProgramError(`The ${name} could not be started: ${message}.`)));
    app.once('exit', (code, signal) => {
      resolve(new ProgramError(`The ${name} ended unexpectedly (${signal ?? `exit code ${code}`}).`));
    });
  });
}

async function stopApp(app: ChildProcess): Promise<void> {
  if (app.pid === undefined || app.exitCode !== null || app.signalCode !== null) return;
  const exited = new Promise((resolve) => app.once('exit', resolve));
  const impatience = setTimeout(() => app.kill('SIGKILL'), STOP_TIMEOUT_MS);
  app.kill('SIGTERM');
  await exited;
  clearTimeout(impatience);
}
