import { fork, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ProgramError, type AppName, SettingError, type Settings } from '#platform';

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

/** Files that the launcher has read already, and the login that owns the tables. */
const NOT_FOR_APPS = {
  DATABASE_URL_FILE: undefined,
  SMTP_URL_FILE: undefined,
  MIGRATION_DATABASE_URL: undefined,
  MIGRATION_DATABASE_URL_FILE: undefined,
};

/**
 * The app is in a process group of its own, so that Ctrl-C reaches the launcher only, which stops the app. Requests are
 * not logged unless LOG_LEVEL is set, because a person reads the output.
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

const ANY_ADDRESS = new Set(['0.0.0.0', '::']);

/** The URL by which this machine reaches a program that listens on `host`. */
export function localUrl(host: string, port: number): string {
  const name = ANY_ADDRESS.has(host) ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

export interface RequestedPort {
  readonly variable: string;
  readonly port: number;
  readonly host: string;
}

const PATIENCE_MS = 3_000;
const RETRY_MS = 100;

/** All ports that will be listened on. */
export function portsOf({ ports, host, mailbox, smtpUrl }: Settings): readonly RequestedPort[] {
  const apps = [
    { variable: 'STOREFRONT_PORT', port: ports.storefront, host },
    { variable: 'BACKEND_PORT', port: ports.backend, host },
  ];
  if (smtpUrl) return apps;
  return [
    ...apps,
    { variable: 'MAILBOX_PORT', port: mailbox.webPort, host },
    { variable: 'MAILBOX_SMTP_PORT', port: mailbox.smtpPort, host: '127.0.0.1' },
  ];
}

/**
 * Checks that all ports are free. It waits a moment for programs that were killed just now.
 *
 * @throws ProgramError with a line for each port that cannot; SettingError when HOST is not of this machine
 */
export async function checkPorts(requested: readonly RequestedPort[]): Promise<void> {
  checkDifferent(requested);
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const problems = (await Promise.all(requested.map(problemOf))).filter((problem) => problem !== undefined);
    if (problems.length === 0) return;
    if (Date.now() > deadline) throw new ProgramError(problems.join('\n'));
    await sleep(RETRY_MS);
  }
}

function checkDifferent(requested: readonly RequestedPort[]): void {
  for (const { variable, port } of requested) {
    const same = requested.find((other) => other.port === port);
    if (same && same.variable !== variable) throw SettingError.of(variable, `must differ from ${same.variable}`);
  }
}

async function problemOf({ variable, port, host }: RequestedPort): Promise<string | undefined> {
  const code = await listenError(port, host);
  if (code === undefined) return undefined;
  if (code === 'EADDRINUSE') return `Port ${port} (${variable}) is taken by another program.`;
  if (code === 'EACCES') return `Port ${port} (${variable}) needs more rights than this user has.`;
  throw SettingError.of('HOST', 'must be an address of this machine');
}

function listenError(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}
