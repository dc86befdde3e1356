import { Module, type DynamicModule } from '@nestjs/common';
import { Clock, SystemClock } from './clock.js';
import type { AppSettings } from './http/start.js';
import { JobRunner } from './jobs/job-runner.js';
import { Mailer } from './mail/mailer.js';

export const SETTINGS = Symbol('SETTINGS');

/** Settings, clock, mail and jobs for the whole application. */
@Module({})
export class PlatformModule {
  static forRoot(settings: AppSettings, clock: Clock = new SystemClock()): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: Clock, useValue: clock },
        { provide: Mailer, useFactory: () => new Mailer(settings.smtpUrl, settings.mailFrom) },
        { provide: JobRunner, useFactory: () => new JobRunner(settings.databaseUrl) },
      ],
      exports: [SETTINGS, Clock, Mailer, JobRunner],
    };
  }
}
