import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import {
  AccountCopyService,
  AuditTrailService,
  CredentialKeysService,
  MFA_ENTITIES,
  MfaModule,
  MfaService,
  type MfaOptions,
} from '#mfa';
import { MIGRATIONS } from '#migrations';
import { DatabaseModule, type Settings } from '#platform';
import { requireMigrated, withDatabase } from '../database.js';

/** What operators use of second factors. */
export interface OperatorsMfa {
  readonly mfa: MfaService;
  readonly trail: AuditTrailService;
  readonly credentialKeys: CredentialKeysService;
  readonly accountCopies: AccountCopyService;
  readonly dataSource: DataSource;
}

/** Second factors without an API around them. */
@Module({})
class OperatorsMfaModule {
  static register(settings: Settings, url: string): DynamicModule {
    const options: MfaOptions = {
      secrets: settings.mfaSecrets(),
      encryptionKeys: settings.mfaEncryptionKeys,
      limits: settings.mfa,
      offeredMethods: settings.mfaMethods,
    };
    return {
      module: OperatorsMfaModule,
      imports: [
        DatabaseModule.forRoot({
          url,
          applicationName: 'sallyport-cli',
          entities: MFA_ENTITIES,
          migrations: MIGRATIONS,
        }),
        MfaModule.forRootAsync({ useFactory: () => options }),
      ],
    };
  }
}

/** @throws ProgramError when the database's schema is not as it must be */
export function withMfa<T>(settings: Settings, use: (services: OperatorsMfa) => Promise<T>): Promise<T> {
  return withDatabase(settings, (url) => withMfaAt(settings, url, use));
}

/** The same where the database is open already. */
export async function withMfaAt<T>(
  settings: Settings,
  url: string,
  use: (services: OperatorsMfa) => Promise<T>,
): Promise<T> {
  const context = await NestFactory.createApplicationContext(OperatorsMfaModule.register(settings, url), {
    logger: false, // what goes wrong is told in one line, by the program
    abortOnError: false,
  });
  try {
    const dataSource = context.get<DataSource>(getDataSourceToken());
    await requireMigrated(dataSource);
    const mfa = context.get(MfaService);
    return await use({
      mfa,
      trail: context.get(AuditTrailService),
      credentialKeys: context.get(CredentialKeysService),
      accountCopies: context.get(AccountCopyService),
      dataSource,
    });
  } finally {
    await context.close();
  }
}
