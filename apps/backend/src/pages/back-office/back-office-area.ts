import type { PageArea } from '#pages';
import { mayCall } from '../../access/route.decorator.js';
import { AuditEventsController } from '../../audit-events/audit-events.controller.js';
import { CustomersController } from '../../customers/customers.controller.js';
import { MfaPoliciesController } from '../../mfa-policies/mfa-policies.controller.js';
import { OwnUserController } from '../../users/own-user.controller.js';
import { UsersController } from '../../users/users.controller.js';
import { WarehouseUserAssignmentsController } from '../../warehouse-user-assignments/warehouse-user-assignments.controller.js';

/** The pages of Back Office users, and of warehouse users for their own account and assignments. */
export const BACK_OFFICE_AREA: PageArea = {
  base: '/back-office',
  kind: 'user',
  scopes: ['back-office-user', 'warehouse-user'],
  isWide: true,
  signInHint: ({ backOffice }) => backOffice.signIn,
  signInLinks: ({ merchant }) => [{ path: '/merchant/sign-in', label: merchant.name }],
  navigation: ({ texts: { layout, backOffice }, session }) => {
    if (!session) return [];
    const { principal } = session;
    const pages = [
      {
        path: '/customers',
        label: backOffice.customers.title,
        isOpen: mayCall(principal, CustomersController, 'list'),
      },
      { path: '/users', label: backOffice.users.title, isOpen: mayCall(principal, UsersController, 'list') },
      { path: '/audit', label: backOffice.audit.title, isOpen: mayCall(principal, AuditEventsController, 'list') },
      {
        path: '/policies',
        label: backOffice.policies.title,
        isOpen: mayCall(principal, MfaPoliciesController, 'list'),
      },
      {
        path: '/assignments',
        label: backOffice.assignments.title,
        isOpen: mayCall(principal, WarehouseUserAssignmentsController, 'list'),
      },
      { path: '/profile', label: backOffice.profile.title, isOpen: mayCall(principal, OwnUserController, 'get') },
    ].filter(({ isOpen }) => isOpen);
    const entries = [
      { path: '', label: layout.overview },
      ...pages,
      { path: '/mfa', label: layout.mfa },
      { path: '/sessions', label: layout.sessions },
    ];
    return entries.map(({ path, label }) => ({ path: `/back-office${path}`, label }));
  },
};
