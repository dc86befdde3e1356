import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AccountMfaService } from './account-mfa.service.js';
import { CustomerMfaController } from './customer-mfa.controller.js';
import { UserMfaController } from './user-mfa.controller.js';

@Module({
  imports: [AccountsModule],
  controllers: [CustomerMfaController, UserMfaController],
  providers: [AccountMfaService],
  exports: [AccountMfaService],
})
export class AccountMfaModule {}
