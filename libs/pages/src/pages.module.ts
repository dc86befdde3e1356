import { Module, type DynamicModule } from '@nestjs/common';
import { AssetsController } from './assets/assets.controller.js';
import { PageLayout } from './page-layout.js';
import { PAGES_OPTIONS, type PagesOptions } from './pages.options.js';
import { PageCookie } from './session/page-cookie.js';

/** What pages of an app stand on; global, because every page needs it. */
@Module({})
export class PagesModule {
  static forRoot(options: PagesOptions): DynamicModule {
    return {
      module: PagesModule,
      global: true,
      controllers: [AssetsController],
      providers: [{ provide: PAGES_OPTIONS, useValue: options }, PageLayout, PageCookie],
      exports: [PAGES_OPTIONS, PageLayout, PageCookie],
    };
  }
}
