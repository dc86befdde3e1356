import { Module } from '@nestjs/common';
import { CustomerForgottenPasswordController } from './customer-forgotten-password.controller.js';

@Module({ controllers: [CustomerForgottenPasswordController] })
export class CustomerForgottenPasswordModule {}
