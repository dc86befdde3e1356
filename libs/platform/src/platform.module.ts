import { Module, type DynamicModule } from '@nestjs/common';
import { RULE_SETTINGS, type RuleSettings } from '#json-api';
import { Clock, SystemClock } from './clock.js';
import type { AppSettings } from './http/start.js';
import { Stopping } from './http/stopping.js';
import { UnfinishedWork } from './http/unfinished-work.js';
import { JobRunner } from './jobs/job-runner.js';
import { Mailer } from './mail/mailer.js';

export const SETTINGS = Symbol('SETTINGS');

/** Settings, clock, mail, jobs, and the stop of the application. */
@Module({})
export class PlatformModule {
  static forRoot(settings: AppSettings, clock: Clock = new SystemClock()): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      providers: [
        UnfinishedWork,
        { provide: SETTINGS, useValue: settings },
        { provide: Clock, useValue: clock },
        {
          provide: RULE_SETTINGS,
          useValue: { passwordMinLength: settings.passwordMinLength, now: clock.now } satisfies RuleSettings,
        },
        { provide: Mailer, useFactory: () => new Mailer(settings.smtpUrl, settings.mailFrom) },
        { provide: JobRunner, useFactory: () => new JobRunner(settings.databaseUrl) },
        {
          provide: Stopping,
          useFactory: () => new Stopping(settings.shutdownDelaySeconds, settings.shutdownTimeoutSeconds),
        },
      ],
      exports: [SETTINGS, Clock, RULE_SETTINGS, Mailer, JobRunner, Stopping, UnfinishedWork],
    };
  }
}
