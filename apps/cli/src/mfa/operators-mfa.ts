import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import { type DataSource, Raw } from 'typeorm';
import { AUTH_ENTITIES, Customer, User } from '#auth';
import {
  AccountCopyService,
  type AccountKind,
  AuditTrailService,
  CredentialKeysService,
  MFA_ENTITIES,
  MfaModule,
  type MfaOptions,
  MfaService,
} from '#mfa';
import { MIGRATIONS } from '#migrations';
import { DatabaseModule, ProgramError, type Settings } from '#platform';
import { progress, ProgressBar } from '../command-line.js';
import { requireMigrated, withDatabase } from '../database.js';

/** The services of second factors that commands use. */
export interface OperatorsMfa {
  readonly mfa: MfaService;
  readonly trail: AuditTrailService;
  readonly credentialKeys: CredentialKeysService;
  readonly accountCopies: AccountCopyService;
  readonly dataSource: DataSource;
}

/** The module of second factors without HTTP. */
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
          entities: [...AUTH_ENTITIES, ...MFA_ENTITIES],
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

/** @throws ProgramError when credentials are left that are sealed by another key than the first */
export function resealAll(settings: Settings): Promise<void> {
  return withMfa(settings, async ({ credentialKeys }) => {
    const { firstKey } = credentialKeys;
    if (firstKey === undefined) throw new ProgramError('There is no key to seal by: set MFA_ENCRYPTION_KEYS.');
    const bar = new ProgressBar('Sealing', 'credentials', (await credentialKeys.estimate()) || undefined);
    const { seen, resealed, unreadable } = await credentialKeys
      .reseal((soFar) => bar.update(soFar.seen))
      .finally(() => bar.stop());
    progress(`Credentials: ${seen} looked at, ${resealed} sealed by the key ${firstKey}`);
    if (unreadable > 0) throw await unreadableError(credentialKeys, unreadable);
    const former = (await credentialKeys.formerKeysInUse()).join(', ');
    if (former !== '') {
      throw new ProgramError(
        `Some were sealed by ${former} meanwhile: start all apps with ${firstKey} as the first key, and run this again.`,
      );
    }
  });
}

async function unreadableError(credentialKeys: CredentialKeysService, unreadable: number): Promise<ProgramError> {
  const missing = await credentialKeys.unknownKeys();
  return new ProgramError(
    missing.length > 0
      ? `${unreadable} could not be opened. MFA_ENCRYPTION_KEYS has no key with the id: ${missing.join(', ')}.`
      : `${unreadable} could not be opened by the key of its id: that is another key, or the credential was changed.`,
  );
}

export interface FoundAccount {
  readonly kind: AccountKind;
  readonly id: string;
  /** For messages: reference or uuid, and address. */
  readonly label: string;
}

/** @param who a customer's reference or e-mail address, a user's uuid or username */
export async function findAccount(
  dataSource: DataSource,
  kind: AccountKind,
  who: string,
): Promise<FoundAccount | undefined> {
  const address = Raw((column) => `lower(${column}) = lower(:who)`, { who });
  if (kind === 'customer') {
    const customers = dataSource.getRepository(Customer);
    const found =
      (await customers.findOneBy({ customerReference: who })) ?? (await customers.findOneBy({ email: address }));
    const called = found?.anonymizedAt ? 'anonymised' : found?.email;
    return found ? { kind, id: found.id, label: `${found.customerReference} (${called})` } : undefined;
  }
  const uuid = Raw((column) => `CAST(${column} AS text) = lower(:who)`, { who });
  const found = await dataSource.getRepository(User).findOneBy([{ uuid }, { username: address }]);
  return found ? { kind, id: found.id, label: `${found.uuid} (${found.username})` } : undefined;
}
