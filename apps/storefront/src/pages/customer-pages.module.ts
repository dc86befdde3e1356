import { Module } from '@nestjs/common';
import { CustomerPasswordModule } from '../customer-password/customer-password.module.js';
import { OverviewController } from './overview.controller.js';
import { PasswordController } from './password.controller.js';

/** The pages of customers, besides those that every area has. */
@Module({
  imports: [CustomerPasswordModule],
  controllers: [OverviewController, PasswordController],
})
export class CustomerPagesModule {}
