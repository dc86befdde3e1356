import { Module, type DynamicModule } from '@nestjs/common';
import { AssetsController } from './assets/assets.controller.js';
import { FormReader } from './form-reader.service.js';
import { OwnFactorsService } from './mfa/own-factors.service.js';
import { PageAreaModule } from './page-area.module.js';
import { PageLayout } from './page-layout.js';
import { PAGES_OPTIONS, type PagesOptions } from './pages.options.js';
import { PageCookie } from './session/page-cookie.js';
import { KeptForms } from './step-up/kept-forms.js';
import { StepUpForms } from './step-up/step-up-forms.service.js';

const SERVICES = [PageLayout, PageCookie, KeptForms, StepUpForms, FormReader, OwnFactorsService];

/** What pages of an app stand on; global, because every page needs it. */
@Module({})
export class PagesModule {
  static forRoot(options: PagesOptions): DynamicModule {
    return {
      module: PagesModule,
      global: true,
      controllers: [AssetsController],
      imports: options.areas.map((area) => PageAreaModule.forArea(area)),
      providers: [{ provide: PAGES_OPTIONS, useValue: options }, ...SERVICES],
      exports: SERVICES,
    };
  }
}
