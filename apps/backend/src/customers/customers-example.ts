import { SORTABLE } from './customer-list.js';
import { customerResource } from './customer.resource.js';

const REFERENCE = 'DE--21';
const EMAIL = 'ada.kessler@harborsupply.example';

/** A customer in the documentation. */
export const CUSTOMER_EXAMPLE = customerResource(
  {
    id: '21',
    customerReference: REFERENCE,
    email: EMAIL,
    salutation: 'Ms',
    firstName: 'Ada',
    lastName: 'Kessler',
    locale: 'en_US',
    isConfirmed: true,
    companies: ['Harbor Supply'],
    createdAt: new Date('2026-02-09T10:30:00Z'),
    updatedAt: new Date('2026-02-09T10:30:00Z'),
  },
  [],
);

/** What a list may be asked for, in the documentation. */
export const CUSTOMER_LIST_EXAMPLE = {
  q: 'kessler',
  'filter[customers.customerReference]': REFERENCE,
  'filter[customers.email]': EMAIL,
  'filter[customers.name]': 'kessler',
  'page[offset]': '0',
  'page[limit]': '20',
  sort: SORTABLE.map((field) => (field === 'createdAt' ? `-${field}` : field)).join(','),
};
