import { Module } from '@nestjs/common';
import { CustomerConfirmationController } from './customer-confirmation.controller.js';

@Module({ controllers: [CustomerConfirmationController] })
export class CustomerConfirmationModule {}
