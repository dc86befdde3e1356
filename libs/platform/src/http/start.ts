import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readSettings, type AppName, type Settings } from '../configuration/settings.js';
import { SettingError } from '../configuration/setting-error.js';
import { runProgram } from '../run-program.js';

/** The settings of a running app, which needs these two. */
export type AppSettings = Settings & { readonly databaseUrl: string; readonly smtpUrl: string };

/**
 * The main function of an app: reads settings, creates the application, listens. The app stops when its parent process
 * ends.
 */
export async function startApp(
  name: AppName,
  create: (settings: AppSettings) => Promise<NestFastifyApplication>,
): Promise<void> {
  await runProgram(async () => {
    const settings = requireParts(readSettings(process.env));
    const app = await create(settings);
    await app.listen(settings.ports[name], settings.host);
    process.send?.('ready');
    process.once('disconnect', () => void app.close().finally(() => process.exit(0)));
  });
}

function requireParts(settings: Settings): AppSettings {
  const { databaseUrl, smtpUrl } = settings;
  if (!databaseUrl) throw SettingError.of('DATABASE_URL', 'is required (npm start brings a database of its own)');
  if (!smtpUrl) throw SettingError.of('SMTP_URL', 'is required (npm start brings a mailbox of its own)');
  return { ...settings, databaseUrl, smtpUrl };
}
