import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readSettings, type AppName, type Settings } from '../configuration/settings.js';
import { SettingError } from '../configuration/setting-error.js';
import { runProgram } from '../run-program.js';

/** Settings of an app that runs: these two are not optional there. */
export type AppSettings = Settings & { readonly databaseUrl: string; readonly smtpUrl: string };

/** The main function of an app: settings, application, port. A parent process that goes away stops it. */
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
