import { Module, type DynamicModule, type InjectionToken, type ModuleMetadata, type Type } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountCopyService } from './core/account-copy.service.js';
import { AuditTrailService } from './core/audit-trail.service.js';
import { CodeSender } from './core/code-sender.js';
import { CredentialKeysService } from './core/credential-keys.service.js';
import { CredentialVault } from './core/credential-vault.js';
import { DecisionContext } from './core/decision-context.js';
import { Drafts } from './core/drafts.js';
import { FactorListService } from './core/factor-list.service.js';
import { FactorService } from './core/factor.service.js';
import { MAIL_SENDER, UNDELIVERABLE } from './core/mail-sender.js';
import { METHODS, type Method } from './core/method.js';
import { MethodRegistry } from './core/method-registry.js';
import { MfaEventLog } from './core/mfa-event-log.js';
import { MFA_OPTIONS, resolveOptions, type MfaOptions } from './core/mfa.options.js';
import { MfaFiguresService } from './core/mfa-figures.service.js';
import { MfaService } from './core/mfa.service.js';
import { PolicyService } from './core/policy.service.js';
import { PurgeTask } from './core/purge-task.js';
import { Recogniser } from './core/recogniser.js';
import { StepUpService } from './core/step-up.service.js';
import { DEFAULT_METHODS } from './methods/index.js';
import { AccountStateRepository } from './persistence/account-state.repository.js';
import { AuditChainRepository } from './persistence/audit-chain.repository.js';
import { AuditEntryRepository } from './persistence/audit-entry.repository.js';
import { AuditTrailRepository } from './persistence/audit-trail.repository.js';
import { CredentialsRepository } from './persistence/credentials.repository.js';
import { FactorsRepository } from './persistence/factors.repository.js';
import { FiguresRepository } from './persistence/figures.repository.js';
import { MFA_ENTITIES } from './persistence/mfa.entities.js';
import { PolicyRepository } from './persistence/policy.repository.js';
import { PurgeRepository } from './persistence/purge.repository.js';

export interface MfaModuleAsyncOptions {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: InjectionToken[];
  readonly useFactory: (...dependencies: never[]) => MfaOptions | Promise<MfaOptions>;
  /** The methods, in the order in which they are offered. Default: those of this library. */
  readonly methods?: readonly Type<Method>[];
}

const REPOSITORIES = [
  AccountStateRepository,
  AuditChainRepository,
  AuditEntryRepository,
  AuditTrailRepository,
  CredentialsRepository,
  FactorsRepository,
  FiguresRepository,
  PolicyRepository,
  PurgeRepository,
];

const PARTS = [CredentialVault, DecisionContext, Recogniser, Drafts, CodeSender, PurgeTask];

/** The providers that applications and `MfaHttpModule` use. */
const SERVICES = [
  MethodRegistry,
  MfaEventLog,
  StepUpService,
  FactorService,
  FactorListService,
  CredentialKeysService,
  AccountCopyService,
  PolicyService,
  AuditTrailService,
  MfaFiguresService,
  MfaService,
];

/**
 * Multi-factor authentication without HTTP, for a program whose TypeORM data source has `MFA_ENTITIES`. An application
 * with endpoints also imports `MfaHttpModule`.
 */
@Module({})
export class MfaModule {
  static forRootAsync({ imports, inject, useFactory, methods }: MfaModuleAsyncOptions): DynamicModule {
    const methodClasses = [...(methods ?? DEFAULT_METHODS)];
    return {
      module: MfaModule,
      global: true,
      imports: [TypeOrmModule.forFeature([...MFA_ENTITIES]), ...(imports ?? [])],
      providers: [
        {
          provide: MFA_OPTIONS,
          inject: inject ?? [],
          useFactory: async (...dependencies: never[]) => resolveOptions(await useFactory(...dependencies)),
        },
        {
          provide: MAIL_SENDER,
          inject: [MFA_OPTIONS],
          useFactory: ({ delivery }: MfaOptions) => delivery?.mailSender ?? UNDELIVERABLE,
        },
        ...methodClasses,
        { provide: METHODS, inject: methodClasses, useFactory: (...all: Method[]) => all },
        ...REPOSITORIES,
        ...PARTS,
        ...SERVICES,
      ],
      exports: [MFA_OPTIONS, ...SERVICES],
    };
  }
}
