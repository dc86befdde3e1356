import { Module } from '@nestjs/common';
import { MfaPoliciesController } from './mfa-policies.controller.js';
import { MfaPoliciesService } from './mfa-policies.service.js';

@Module({ controllers: [MfaPoliciesController], providers: [MfaPoliciesService] })
export class MfaPoliciesModule {}
