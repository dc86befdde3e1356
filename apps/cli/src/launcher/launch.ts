import { dataFolderError, Mailbox, type Settings, startPostgres, ProgramError } from '#platform';
import { progress } from '../command-line.js';
import { DEFAULT_DEMO_DATA, readDemoData } from '../demo-data/document.js';
import { loadDemoData, loadedText } from '../demo-data/load-demo-data.js';
import { migrateFor } from '../migrate/migrate.command.js';
import { Apps, checkPorts, portsOf } from './apps.js';
import { banner } from './banner.js';

/**
 * Runs everything until it is interrupted, and stops what it started, the last first.
 *
 * @throws ProgramError or SettingError when something cannot start, or ends by itself
 */
export async function launch(settings: Settings): Promise<void> {
  const parts = new Parts();
  const interrupted = interruption().then(() => progress('\nStopping'));
  try {
    await Promise.race([run(settings, parts), interrupted]);
  } finally {
    await parts.stop();
  }
}

async function run(settings: Settings, parts: Parts): Promise<never> {
  const demoData = demoDataPath(settings);
  const document = demoData && (await readDemoData(demoData));
  await checkPorts(portsOf(settings));
  const [database, smtpUrl] = await Promise.all([startDatabase(settings, parts), startMailbox(settings, parts)]);
  makeKeys(settings);
  progress('Migrating the database');
  for (const name of await migrateFor(settings, database.url)) progress(`  ${name}`);
  if (document !== undefined) {
    progress('Loading the demo data');
    for (const list of await loadDemoData(database.url, document)) progress(`  ${loadedText(list)}`);
  }
  progress('Starting the apps');
  const apps = await parts.start(async () => Apps.start({ DATABASE_URL: database.url, SMTP_URL: smtpUrl }));
  await Promise.race([apps.ready, apps.ended.then(fail)]);
  progress(banner(settings, { hasDemoAccounts: demoData === DEFAULT_DEMO_DATA }));
  return await Promise.race([apps.ended.then(fail), database.ended.then(fail)]);
}

function fail(error: Error): never {
  throw error;
}

interface Database {
  readonly url: string;
  readonly ended: Promise<Error>;
}

async function startDatabase({ databaseUrl, dataDir }: Settings, parts: Parts): Promise<Database> {
  if (databaseUrl) return { url: databaseUrl, ended: new Promise(() => undefined) };
  progress('Starting PostgreSQL');
  return parts.start(() => startPostgres({ dataDir, report: (line) => progress(`  ${line}`) }));
}

async function startMailbox({ smtpUrl, host, mailbox, pages }: Settings, parts: Parts): Promise<string> {
  if (smtpUrl) return smtpUrl;
  progress('Starting the local mailbox');
  return (await parts.start(() => Mailbox.start({ host, ...mailbox, look: pages }))).smtpUrl;
}

/** Keys that are not configured are made here, so that two apps do not make them at the same time. */
function makeKeys({ environment, mfaSecrets, mfaEncryptionKeys, tokenKeys }: Settings): void {
  if (environment === 'production') return; // nothing is generated there
  try {
    mfaSecrets();
    mfaEncryptionKeys();
    tokenKeys();
  } catch (error) {
    throw dataFolderError(error);
  }
}

function demoDataPath({ demoData, environment }: Settings): string | undefined {
  if (demoData === 'false' || (demoData === undefined && environment === 'production')) return undefined;
  return demoData === undefined || demoData === 'true' ? DEFAULT_DEMO_DATA : demoData;
}

const PARENT_CHECK_MS = 500;

/**
 * Resolves when this program is asked to end, or when the program that started it, such as npm, was killed. Asking again
 * changes nothing.
 */
function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && resolve(), PARENT_CHECK_MS).unref();
  });
}

export interface Part {
  stop(): Promise<void>;
}

/** What was started, to be stopped in reverse order. */
export class Parts {
  private readonly parts: Promise<Part>[] = [];
  private isStopping = false;

  /** Starts a part; rejects when all is being stopped, so that nothing is started after it. */
  async start<P extends Part>(start: () => Promise<P>): Promise<P> {
    this.continueOrThrow();
    const part = start();
    this.parts.push(part);
    const started = await part;
    this.continueOrThrow();
    return started;
  }

  /** Stops all; a part that is still starting is waited for. */
  async stop(): Promise<void> {
    this.isStopping = true;
    for (const part of this.parts.toReversed()) {
      const started = await part.catch(() => undefined);
      await started?.stop().catch((error: unknown) => progress(`Could not stop all: ${String(error)}`));
    }
  }

  private continueOrThrow(): void {
    if (this.isStopping) throw new ProgramError('Everything is being stopped.');
  }
}
