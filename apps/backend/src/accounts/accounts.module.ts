import { Module } from '@nestjs/common';
import { AccountDirectoryRepository } from './account-directory.repository.js';
import { AdministratorsRepository } from './administrators.repository.js';

@Module({
  providers: [AccountDirectoryRepository, AdministratorsRepository],
  exports: [AccountDirectoryRepository, AdministratorsRepository],
})
export class AccountsModule {}
