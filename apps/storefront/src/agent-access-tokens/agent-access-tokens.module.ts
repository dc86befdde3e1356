import { Module } from '@nestjs/common';
import { AgentAccessTokensController } from './agent-access-tokens.controller.js';

@Module({ controllers: [AgentAccessTokensController] })
export class AgentAccessTokensModule {}
