import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CountedFiguresModule } from '../counted-figures/counted-figures.module.js';
import { MfaPoliciesController } from './mfa-policies.controller.js';
import { MfaPoliciesService } from './mfa-policies.service.js';
import { PolicyImpactRepository } from './policy-impact.repository.js';
import { PolicyImpactService } from './policy-impact.service.js';

@Module({
  imports: [AccountsModule, CountedFiguresModule],
  controllers: [MfaPoliciesController],
  providers: [MfaPoliciesService, PolicyImpactRepository, PolicyImpactService],
  exports: [MfaPoliciesService, PolicyImpactService],
})
export class MfaPoliciesModule {}
