import { Module } from '@nestjs/common';
import { AccountMfaModule } from '../account-mfa/account-mfa.module.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AuditEventsModule } from '../audit-events/audit-events.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { DashboardModule } from '../dashboard/dashboard.module.js';
import { MfaPoliciesModule } from '../mfa-policies/mfa-policies.module.js';
import { UsersModule } from '../users/users.module.js';
import { WarehouseUserAssignmentsModule } from '../warehouse-user-assignments/warehouse-user-assignments.module.js';
import { AssignmentsPagesController } from './back-office/assignments-pages.controller.js';
import { AuditPagesController } from './back-office/audit-pages.controller.js';
import { CustomersPagesController } from './back-office/customers-pages.controller.js';
import { DashboardController } from './back-office/dashboard.controller.js';
import { PoliciesPagesController } from './back-office/policies-pages.controller.js';
import { RemovalForms } from './back-office/removal-forms.service.js';
import { REMOVAL_PAGES } from './back-office/removal-pages.controller.js';
import { UsersPagesController } from './back-office/users-pages.controller.js';
import { FrontDoorController } from './front-door.controller.js';
import { MerchantController } from './merchant.controller.js';
import { BackOfficeProfileController, MerchantProfileController } from './own-profile/own-profile.controller.js';

/** The pages of the Back Office and of the Merchant Portal, besides those that every area has. */
@Module({
  imports: [
    AccountMfaModule,
    AccountsModule,
    AuditEventsModule,
    CustomersModule,
    DashboardModule,
    MfaPoliciesModule,
    UsersModule,
    WarehouseUserAssignmentsModule,
  ],
  controllers: [
    FrontDoorController,
    DashboardController,
    CustomersPagesController,
    ...REMOVAL_PAGES,
    UsersPagesController,
    BackOfficeProfileController,
    AuditPagesController,
    PoliciesPagesController,
    AssignmentsPagesController,
    MerchantController,
    MerchantProfileController,
  ],
  providers: [RemovalForms],
})
export class BackendPagesModule {}
