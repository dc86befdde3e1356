import { Module, type DynamicModule, type InjectionToken, type ModuleMetadata, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AuditTrailService } from './core/audit-trail.service.js';
import { CodeSender } from './core/code-sender.js';
import { FactorService } from './core/factor.service.js';
import { METHODS, type Method } from './core/method.js';
import { MethodRegistry } from './core/method-registry.js';
import { MfaEventLog } from './core/mfa-event-log.js';
import { MfaService } from './core/mfa.service.js';
import { PolicyService } from './core/policy.service.js';
import { PurgeTask } from './core/purge-task.js';
import { StepUpService } from './core/step-up.service.js';
import { MfaController } from './http/mfa.controller.js';
import { ProtectedResources } from './http/protected-resources.js';
import { DEFAULT_METHODS } from './methods/index.js';
import { MAIL_SENDER } from './methods/email/mail-sender.js';
import { resolveOptions, MFA_OPTIONS, type MfaOptions } from './mfa.options.js';
import { AccountStateRepository } from './persistence/account-state.repository.js';
import { AuditChainRepository } from './persistence/audit-chain.repository.js';
import { AuditTrailRepository } from './persistence/audit-trail.repository.js';
import { CodeRepository } from './persistence/code.repository.js';
import { FactorRepository } from './persistence/factor.repository.js';
import { JudgementRepository } from './persistence/judgement.repository.js';
import { PolicyRepository } from './persistence/policy.repository.js';
import { PurgeRepository } from './persistence/purge.repository.js';

export interface MfaModuleAsyncOptions {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: InjectionToken[];
  readonly useFactory: (...dependencies: never[]) => MfaOptions | Promise<MfaOptions>;
  /** The methods to offer, in the order of the list; default: those of this library. */
  readonly methods?: readonly Type<Method>[];
}

const REPOSITORIES = [
  AccountStateRepository,
  AuditChainRepository,
  AuditTrailRepository,
  CodeRepository,
  FactorRepository,
  JudgementRepository,
  PolicyRepository,
  PurgeRepository,
];

const SERVICES = [
  MethodRegistry,
  MfaEventLog,
  CodeSender,
  StepUpService,
  FactorService,
  PolicyService,
  AuditTrailService,
  MfaService,
  PurgeTask,
  ProtectedResources,
];

/**
 * Multi-factor authentication for an application with a TypeORM data source that has `MFA_ENTITIES`.
 *
 * The five endpoints come with it. Guard and interceptor are installed by the application, in its own order: its
 * authentication first, then `MfaGuard`.
 */
@Module({})
export class MfaModule {
  static forRootAsync({ imports, inject, useFactory, methods }: MfaModuleAsyncOptions): DynamicModule {
    const methodClasses = [...(methods ?? DEFAULT_METHODS)];
    return {
      module: MfaModule,
      global: true,
      imports: [DiscoveryModule, ...(imports ?? [])],
      controllers: [MfaController],
      providers: [
        {
          provide: MFA_OPTIONS,
          inject: inject ?? [],
          useFactory: async (...dependencies: never[]) => resolveOptions(await useFactory(...dependencies)),
        },
        { provide: MAIL_SENDER, inject: [MFA_OPTIONS], useFactory: ({ mailSender }: MfaOptions) => mailSender },
        ...methodClasses,
        { provide: METHODS, inject: methodClasses, useFactory: (...all: Method[]) => all },
        ...REPOSITORIES,
        ...SERVICES,
      ],
      // what guard and interceptor need where the application installs them
      exports: [
        MFA_OPTIONS,
        MfaService,
        PolicyService,
        AuditTrailService,
        MfaEventLog,
        StepUpService,
        ProtectedResources,
      ],
    };
  }
}
