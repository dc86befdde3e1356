import { Module } from '@nestjs/common';
import { CompanyUserAccessTokensController } from './company-user-access-tokens.controller.js';

@Module({ controllers: [CompanyUserAccessTokensController] })
export class CompanyUserAccessTokensModule {}
