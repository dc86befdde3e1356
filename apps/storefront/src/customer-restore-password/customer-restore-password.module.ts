import { Module } from '@nestjs/common';
import { CustomerRestorePasswordController } from './customer-restore-password.controller.js';
import { CustomerRestorePasswordService } from './customer-restore-password.service.js';

@Module({ controllers: [CustomerRestorePasswordController], providers: [CustomerRestorePasswordService] })
export class CustomerRestorePasswordModule {}
