import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { MfaPoliciesController } from './mfa-policies.controller.js';
import { MfaPoliciesService } from './mfa-policies.service.js';

@Module({ imports: [AccountsModule], controllers: [MfaPoliciesController], providers: [MfaPoliciesService] })
export class MfaPoliciesModule {}
