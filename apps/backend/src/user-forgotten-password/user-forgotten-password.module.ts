import { Module } from '@nestjs/common';
import { UserForgottenPasswordController } from './user-forgotten-password.controller.js';

@Module({ controllers: [UserForgottenPasswordController] })
export class UserForgottenPasswordModule {}
