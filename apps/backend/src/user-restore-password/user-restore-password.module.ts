import { Module } from '@nestjs/common';
import { UserRestorePasswordController } from './user-restore-password.controller.js';

@Module({ controllers: [UserRestorePasswordController] })
export class UserRestorePasswordModule {}
