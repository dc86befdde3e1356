import { Module } from '@nestjs/common';
import { CustomerRestorePasswordController } from './customer-restore-password.controller.js';

@Module({ controllers: [CustomerRestorePasswordController] })
export class CustomerRestorePasswordModule {}
