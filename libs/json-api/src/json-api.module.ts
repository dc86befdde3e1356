import { Module, type DynamicModule } from '@nestjs/common';
import { JSON_API_OPTIONS, type JsonApiOptions } from './json-api.options.js';

@Module({})
export class JsonApiModule {
  static forRoot(options: JsonApiOptions): DynamicModule {
    return {
      module: JsonApiModule,
      global: true,
      providers: [{ provide: JSON_API_OPTIONS, useValue: options }],
      exports: [JSON_API_OPTIONS],
    };
  }
}
