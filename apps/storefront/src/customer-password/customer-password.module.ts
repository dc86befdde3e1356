import { Module } from '@nestjs/common';
import { CustomerPasswordController } from './customer-password.controller.js';
import { CustomerPasswordService } from './customer-password.service.js';

@Module({
  controllers: [CustomerPasswordController],
  providers: [CustomerPasswordService],
  exports: [CustomerPasswordService],
})
export class CustomerPasswordModule {}
