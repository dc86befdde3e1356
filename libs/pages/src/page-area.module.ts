import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { ForgottenPasswordController } from './entry/forgotten-password.controller.js';
import { NewPasswordController } from './entry/new-password.controller.js';
import { MfaPagesController } from './mfa/mfa-pages.controller.js';
import type { PageArea } from './page-area.js';
import { PagesController } from './pages-controller.decorator.js';
import { SessionPagesController } from './sessions/session-pages.controller.js';
import { SecondStepController } from './sign-in/second-step.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';

/** The pages that every area has: sign-in, second step, forgotten password, and the person's methods and sessions. */
@Module({})
export class PageAreaModule {
  static forArea(area: PageArea): DynamicModule {
    return { module: PageAreaModule, controllers: controllersOf(area) };
  }
}

/** Nest knows controllers by their classes, so each area has its own. */
function controllersOf(area: PageArea): Type[] {
  @PagesController(area)
  class AreaSignInController extends SignInController {}

  @PagesController(area, 'sign-in/code')
  class AreaSecondStepController extends SecondStepController {}

  @PagesController(area, 'forgotten-password')
  class AreaForgottenPasswordController extends ForgottenPasswordController {}

  @PagesController(area, 'new-password')
  class AreaNewPasswordController extends NewPasswordController {}

  @PagesController(area, 'mfa')
  class AreaMfaPagesController extends MfaPagesController {}

  @PagesController(area, 'sessions')
  class AreaSessionPagesController extends SessionPagesController {}

  return [
    AreaSignInController,
    AreaSecondStepController,
    AreaForgottenPasswordController,
    AreaNewPasswordController,
    AreaMfaPagesController,
    AreaSessionPagesController,
  ];
}
