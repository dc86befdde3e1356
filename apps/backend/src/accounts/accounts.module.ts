import { Module } from '@nestjs/common';
import { AccountDirectoryRepository } from './account-directory.repository.js';

@Module({ providers: [AccountDirectoryRepository], exports: [AccountDirectoryRepository] })
export class AccountsModule {}
