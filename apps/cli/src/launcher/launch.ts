import { dataFolderError, Mailbox, startPostgres, type Settings } from '#platform';
import { DEFAULT_DEMO_DATA, loadDemoDataInto, readDemoData } from '../demo-data/load.js';
import { migrateFor } from '../migrate-database.js';
import { progress } from '../progress.js';
import { Apps } from './apps.js';
import { banner } from './banner.js';
import { interruption } from './interruption.js';
import { Parts } from './parts.js';
import { checkPorts, portsOf } from './ports.js';

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
  if (document !== undefined) await loadDemoData(database.url, document);
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

async function startMailbox({ smtpUrl, host, mailbox }: Settings, parts: Parts): Promise<string> {
  if (smtpUrl) return smtpUrl;
  progress('Starting the local mailbox');
  return (await parts.start(() => Mailbox.start({ host, ...mailbox }))).smtpUrl;
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

async function loadDemoData(url: string, document: unknown): Promise<void> {
  progress('Loading the demo data');
  for (const line of await loadDemoDataInto(url, document)) progress(`  ${line}`);
}
