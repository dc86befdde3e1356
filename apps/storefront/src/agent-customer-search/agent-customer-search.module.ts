import { Module } from '@nestjs/common';
import { AgentCustomerSearchController } from './agent-customer-search.controller.js';
import { CustomerSearchRepository } from './customer-search.repository.js';

@Module({
  controllers: [AgentCustomerSearchController],
  providers: [CustomerSearchRepository],
  exports: [CustomerSearchRepository],
})
export class AgentCustomerSearchModule {}
