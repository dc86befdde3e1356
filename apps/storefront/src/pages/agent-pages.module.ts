import { Module } from '@nestjs/common';
import { AgentCustomerSearchModule } from '../agent-customer-search/agent-customer-search.module.js';
import { ActForController } from './act-for.controller.js';
import { AgentCustomersController } from './agent-customers.controller.js';
import { AgentOverviewController } from './agent-overview.controller.js';

/** The pages of agents, besides those that every area has. */
@Module({
  imports: [AgentCustomerSearchModule],
  controllers: [AgentOverviewController, AgentCustomersController, ActForController],
})
export class AgentPagesModule {}
