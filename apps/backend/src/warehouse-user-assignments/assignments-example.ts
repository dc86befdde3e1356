import { SORTABLE } from './assignment-list.js';

const ID = '0f8a4f5e-6a53-5a0e-9a70-6f2b1c9f3a11';
const USER = '7c1e2a90-3f9b-5a4e-8d15-2b7f60c4d1aa';
const WAREHOUSE = '51d0c3f2-9a7d-5c68-b1e4-80c2a6f0e7bb';

/** An assignment in the documentation. */
export const ASSIGNMENT_EXAMPLE = {
  type: 'warehouse-user-assignments',
  id: ID,
  attributes: {
    userUuid: USER,
    isActive: true,
    warehouse: { uuid: WAREHOUSE, name: 'Hamburg Quay 4', isActive: true },
  },
};

/** Attributes of a new assignment in the documentation. */
export const NEW_ASSIGNMENT_EXAMPLE = { userUuid: USER, warehouse: { uuid: WAREHOUSE }, isActive: false };

/** What a list may be asked for, in the documentation. */
export const LIST_EXAMPLE = {
  'filter[warehouse-user-assignments.uuid]': ID,
  'filter[warehouse-user-assignments.userUuid]': USER,
  'filter[warehouse-user-assignments.isActive]': 'true',
  'filter[warehouse-user-assignments.warehouseUuid]': WAREHOUSE,
  'page[offset]': '0',
  'page[limit]': '20',
  sort: SORTABLE.map((field) => (field === 'isActive' ? `-${field}` : field)).join(','),
  include: 'users',
};
