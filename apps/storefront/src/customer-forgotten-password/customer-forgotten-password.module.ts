import { Module } from '@nestjs/common';
import { AccountMailsModule } from '../account-mails/account-mails.module.js';
import { CustomerForgottenPasswordController } from './customer-forgotten-password.controller.js';

@Module({ imports: [AccountMailsModule], controllers: [CustomerForgottenPasswordController] })
export class CustomerForgottenPasswordModule {}
