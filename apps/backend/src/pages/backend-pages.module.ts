import { Module } from '@nestjs/common';
import { BackOfficeController } from './back-office.controller.js';
import { FrontDoorController } from './front-door.controller.js';
import { MerchantController } from './merchant.controller.js';

/** The pages of the Back Office and of the Merchant Portal, besides those that every area has. */
@Module({ controllers: [FrontDoorController, BackOfficeController, MerchantController] })
export class BackendPagesModule {}
