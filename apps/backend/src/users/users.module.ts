import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { OwnUserController } from './own-user.controller.js';
import { OwnUserService } from './own-user.service.js';
import { UserChangesRepository } from './user-changes.repository.js';
import { UserProtectionService } from './user-protection.service.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [AccountsModule],
  controllers: [OwnUserController, UsersController], // in this order: `mine` is no id
  providers: [OwnUserService, UserChangesRepository, UserProtectionService, UsersRepository, UsersService],
})
export class UsersModule {}
