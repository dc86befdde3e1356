import { Module } from '@nestjs/common';
import { MfaPagesController } from './mfa-pages.controller.js';
import { OverviewController } from './overview.controller.js';
import { OwnFactorsService } from './own-factors.service.js';
import { SecondStepController } from './second-step.controller.js';
import { SignInController } from './sign-in.controller.js';

/** The pages of customers. */
@Module({
  controllers: [OverviewController, SignInController, SecondStepController, MfaPagesController],
  providers: [OwnFactorsService],
})
export class CustomerPagesModule {}
