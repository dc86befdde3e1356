import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProgramError, SettingError, type Settings } from '#platform';

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
 * Checks that all ports can be listened on. Programs that were killed just now get a moment to let go of theirs.
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
