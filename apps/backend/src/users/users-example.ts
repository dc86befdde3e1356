import type { ResourceObject } from '#json-api';
import { userResource } from './user.resource.js';

const PERSON = {
  username: 'wim.dekker@sallyport.example',
  firstName: 'Wim',
  lastName: 'Dekker',
  roles: ['warehouse'],
  isWarehouseUser: true,
  locale: 'de_DE',
};

/** A new user for the documentation. */
export const NEW_USER_EXAMPLE = { ...PERSON, password: 'Gate-Demo-01!' };

/** What administrators may change, for the documentation. */
export const CHANGES_EXAMPLE = {
  roles: ['warehouse', 'back-office'],
  status: 'active',
  reason: 'Moves to the office; agreed with the team lead',
};

/** The answer with the user. */
export const USER_EXAMPLE: ResourceObject = userResource({
  id: '1',
  uuid: '7c1e2a90-3f9b-5a4e-8d15-2b7f60c4d1aa',
  ...PERSON,
  status: 'active',
  createdAt: new Date('2026-02-09T10:30:00Z'),
  updatedAt: new Date('2026-02-09T10:30:00Z'),
});

/** The query parameters of the list. */
export const USER_LIST_EXAMPLE = {
  'page[offset]': '0',
  'page[limit]': '20',
  sort: 'lastName,-createdAt',
  'filter[users.username]': 'wim.dekker@sallyport.example',
  'filter[users.uuid]': '7c1e2a90-3f9b-5a4e-8d15-2b7f60c4d1aa',
  'filter[users.role]': 'warehouse',
  'filter[users.status]': 'active',
  'filter[users.name]': 'dekker',
};
