import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { User } from '#auth';
import { AccountsModule } from '../accounts/accounts.module.js';
import { OwnUserController } from './own-user.controller.js';
import { OwnUserService } from './own-user.service.js';
import { UserProtectionService } from './user-protection.service.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [AccountsModule, TypeOrmModule.forFeature([User])],
  controllers: [OwnUserController, UsersController], // in this order: `mine` is not an id
  providers: [OwnUserService, UserProtectionService, UsersRepository, UsersService],
  exports: [OwnUserService, UsersService],
})
export class UsersModule {}
