import { Module } from '@nestjs/common';
import { AgentCustomerImpersonationAccessTokensController } from './agent-customer-impersonation-access-tokens.controller.js';

@Module({ controllers: [AgentCustomerImpersonationAccessTokensController] })
export class AgentCustomerImpersonationAccessTokensModule {}
