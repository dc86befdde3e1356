import { Module, type DynamicModule } from '@nestjs/common';
import { Clock, SystemClock } from './clock.js';
import type { Settings } from './configuration/settings.js';
import { MailQueue } from './mail/mail-queue.js';
import { Mailer } from './mail/mailer.js';

export const SETTINGS = Symbol('SETTINGS');

/** Settings, clock and mail for the whole application. */
@Module({})
export class PlatformModule {
  static forRoot(settings: Settings & { readonly smtpUrl: string }, clock: Clock = new SystemClock()): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: Clock, useValue: clock },
        { provide: Mailer, useFactory: () => new Mailer(settings.smtpUrl, settings.mailFrom) },
        { provide: MailQueue, inject: [Mailer], useFactory: (mailer: Mailer) => new MailQueue(mailer) },
      ],
      exports: [SETTINGS, Clock, Mailer, MailQueue],
    };
  }
}
