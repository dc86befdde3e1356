import { Writable } from 'node:stream';
import type { Type } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { createLogger, Mailbox, type AppSettings } from '#platform';
import { ApiClient } from './api-client.js';
import { checkAnswers } from './documented-answers.js';
import { jobsDone } from './jobs.js';
import { TestClock } from './test-clock.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { testSettings } from './test-settings.js';

type CreateApp = (
  settings: AppSettings,
  parts: { clock: TestClock; logger: ReturnType<typeof createLogger> },
) => Promise<NestFastifyApplication>;

/** A listening app with its own database, mailbox and clock. */
export interface TestApp {
  readonly api: ApiClient;
  readonly clock: TestClock;
  readonly mailbox: Mailbox;
  readonly dataSource: DataSource;
  /** A service of the app. */
  readonly get: <T>(service: Type<T>) => T;
  readonly databaseUrl: string;
  readonly settings: AppSettings;
  /** Everything logged so far, one JSON line each. */
  readonly logged: () => string;
  /** The lines of the log about an event, oldest first. */
  readonly loggedEvents: (event: string) => readonly Record<string, unknown>[];
  /** Starts another instance of the app on the same database. */
  readonly anotherInstance: (env?: NodeJS.ProcessEnv) => Promise<ApiClient>;
  /** Resolves when the instances have sent or postponed all mails that no response waits for. */
  readonly mailsSent: () => Promise<void>;
  /** @throws Error if a response does not match the app's OpenAPI document */
  stop(): Promise<void>;
}

/** @param migrated a migrated database. Default: a new one. */
export async function startTestApp(
  createApp: CreateApp,
  env: NodeJS.ProcessEnv = {},
  migrated?: TestDatabase,
): Promise<TestApp> {
  const [database, mailbox] = await Promise.all([
    migrated ?? createTestDatabase(),
    Mailbox.start({ host: '127.0.0.1', smtpPort: 0, webPort: 0 }),
  ]);
  const clock = new TestClock();
  const lines: string[] = [];
  const apps: NestFastifyApplication[] = [];
  const faults: ReadonlySet<string>[] = [];
  const settingsOf = (more: NodeJS.ProcessEnv): AppSettings =>
    testSettings({ databaseUrl: database.url, smtpUrl: mailbox.smtpUrl }, { ...env, ...more });
  const start = async (more: NodeJS.ProcessEnv = {}): Promise<ApiClient> => {
    const app = await createApp(settingsOf(more), { clock, logger: memoryLogger(lines) });
    apps.push(app);
    faults.push(checkAnswers(app));
    await app.listen(0, '127.0.0.1');
    return new ApiClient(await app.getUrl());
  };
  const api = await start();
  return {
    api,
    clock,
    mailbox,
    get: (service) => apps[0]!.get(service, { strict: false }),
    databaseUrl: database.url,
    dataSource: apps[0]!.get<DataSource>(getDataSourceToken()),
    settings: settingsOf({}),
    logged: () => lines.join(''),
    loggedEvents: (event) =>
      lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line['event'] === event),
    anotherInstance: start,
    mailsSent: () => jobsDone(apps[0]!.get<DataSource>(getDataSourceToken())),
    stop: async () => {
      await Promise.all(apps.map((app) => app.close()));
      await mailbox.stop();
      await database.drop();
      assertDocumented(faults.flatMap((found) => [...found]));
    },
  };
}

function assertDocumented(faults: readonly string[]): void {
  if (faults.length === 0) return;
  throw new Error(`Answers that the OpenAPI document does not describe:\n${faults.join('\n')}`);
}

function memoryLogger(lines: string[]): ReturnType<typeof createLogger> {
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  return createLogger('trace', 'test', destination);
}
