export { Clock } from './clock.js';
export {
  keepDevelopmentMfaEncryptionKeys,
  keepDevelopmentMfaSecrets,
  keepDevelopmentTokenKeys,
} from './configuration/development-keys.js';
export { newEncryptionKey, newPrivateKey, newSecret } from './configuration/key-generation.js';
export { parseMfaEncryptionKeys, type MfaEncryptionKey, type MfaSecret, type TokenKeys } from './configuration/keys.js';
export { SettingError } from './configuration/setting-error.js';
export { readSettings, type AppName, type Settings } from './configuration/settings.js';
export { boundedCount } from './database/bounded-count.js';
export { isViolationOf } from './database/database-errors.js';
export { connectionOptions, type ConnectionOptions } from './database/connection-options.js';
export { DatabaseModule, dataSourceOptions, type DatabaseOptions } from './database/database.module.js';
export { checkAppsRole, currentRole, grantRights } from './database/login-rights.js';
export { HealthDetails } from './health/health-details.js';
export { HealthController } from './health/health.controller.js';
export { createApplication, type ApplicationOptions } from './http/application.js';
export { clientAddressOf, type ClientAddress, type ClientRequest } from './http/client-address.js';
export {
  CLIENT_LIMIT_ERROR,
  LimitedByClient,
  type AllowanceOfBody,
  type ClientAllowance,
} from './http/client-limit.js';
export { ForBrowsers, isForBrowsers, Public, PUBLIC } from './http/public.decorator.js';
export { startApp, type AppSettings } from './http/start.js';
export { UnfinishedWork } from './http/unfinished-work.js';
export { addJob } from './jobs/add-job.js';
export type { JobHandler } from './jobs/job-handler.js';
export { JobRunner } from './jobs/job-runner.js';
export { migrateJobs } from './jobs/migrate-jobs.js';
export { createLogger } from './logging/logger.js';
export { currentClient, currentClientAddress, requestContext } from './logging/request-context.js';
export { Mailer, type Mail } from './mail/mailer.js';
export { PlatformModule, SETTINGS } from './platform.module.js';
export { ProgramError, runProgram } from './run-program.js';
export { dataFolderError } from './embedded/data-folder-error.js';
export { startPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded/embedded-postgres.js';
export { freePort } from './embedded/postgres-server.js';
export { forgetData } from './embedded/forget-data.js';
export { Mailbox, type MailboxOptions } from './embedded/mailbox.js';
export { openPostgres, type OpenPostgres } from './embedded/open-postgres.js';
export type { ReceivedMail } from './embedded/received-mail.js';
