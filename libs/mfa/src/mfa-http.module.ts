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
 * Adds the five endpoints and the providers of guard and interceptor to `MfaModule`.
 *
 * The application registers guard and interceptor itself, because their order matters: its authentication guard first,
 * then `MfaGuard`.
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
