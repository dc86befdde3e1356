import { Module, type DynamicModule, type InjectionToken, type ModuleMetadata } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EncryptionKeyCheck } from './core/credential-keys.service.js';
import { MfaController } from './http/mfa.controller.js';
import { MFA_HTTP_OPTIONS, type MfaHttpOptions } from './http/mfa-http.options.js';
import { ProtectedResources } from './http/protected-resources.js';

export interface MfaHttpModuleAsyncOptions {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: InjectionToken[];
  readonly useFactory: (...dependencies: never[]) => MfaHttpOptions | Promise<MfaHttpOptions>;
}

/**
 * The five endpoints, and what guard and interceptor need; beside `MfaModule`.
 *
 * Guard and interceptor are installed by the application, in its own order: its authentication first, then `MfaGuard`.
 */
@Module({})
export class MfaHttpModule {
  static forRootAsync({ imports, inject, useFactory }: MfaHttpModuleAsyncOptions): DynamicModule {
    return {
      module: MfaHttpModule,
      global: true,
      imports: [DiscoveryModule, ...(imports ?? [])],
      controllers: [MfaController],
      providers: [
        { provide: MFA_HTTP_OPTIONS, inject: inject ?? [], useFactory },
        ProtectedResources,
        EncryptionKeyCheck,
      ],
      exports: [MFA_HTTP_OPTIONS, ProtectedResources],
    };
  }
}
