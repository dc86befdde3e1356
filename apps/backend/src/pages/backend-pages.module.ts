import { Module } from '@nestjs/common';
import { BackOfficeController } from './back-office.controller.js';
import { FrontDoorController } from './front-door.controller.js';
import { UsersModule } from '../users/users.module.js';
import { MerchantController } from './merchant.controller.js';
import { MerchantProfileController } from './merchant-profile.controller.js';

/** The pages of the Back Office and of the Merchant Portal, besides those that every area has. */
@Module({
  imports: [UsersModule],
  controllers: [FrontDoorController, BackOfficeController, MerchantController, MerchantProfileController],
})
export class BackendPagesModule {}
