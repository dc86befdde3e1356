import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Customer, User } from '#auth';
import { AccountDirectoryRepository } from './account-directory.repository.js';
import { AdministratorsRepository } from './administrators.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([Customer, User])],
  providers: [AccountDirectoryRepository, AdministratorsRepository],
  exports: [AccountDirectoryRepository, AdministratorsRepository],
})
export class AccountsModule {}
