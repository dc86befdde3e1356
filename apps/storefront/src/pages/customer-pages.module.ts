import { Module } from '@nestjs/common';
import { AddressesModule } from '../addresses/addresses.module.js';
import { CustomerPasswordModule } from '../customer-password/customer-password.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { AddressPagesController } from './data/addresses.controller.js';
import { DeletionController } from './data/deletion.controller.js';
import { EmailController } from './data/email.controller.js';
import { OwnerCheck } from './data/owner-check.service.js';
import { ProfileController } from './data/profile.controller.js';
import { ConfirmationController } from './entry/confirmation.controller.js';
import { RegistrationController } from './entry/registration.controller.js';
import { FormerLinksController } from './former-links.controller.js';
import { OverviewController } from './overview.controller.js';
import { PasswordController } from './password.controller.js';

/** The pages of customers, besides those that every area has. */
@Module({
  imports: [AddressesModule, CustomerPasswordModule, CustomersModule],
  providers: [OwnerCheck],
  controllers: [
    OverviewController,
    PasswordController,
    ProfileController,
    EmailController,
    AddressPagesController,
    DeletionController,
    RegistrationController,
    ConfirmationController,
    FormerLinksController,
  ],
})
export class CustomerPagesModule {}
