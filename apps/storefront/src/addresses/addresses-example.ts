import type { ResourceObject } from '#json-api';
import { addressResource } from './address.resource.js';

/** Attributes of a new address for the documentation. */
export const ADDRESS_EXAMPLE = {
  salutation: 'Ms',
  firstName: 'Ada',
  lastName: 'Kessler',
  address1: 'Am Sandtorkai',
  address2: '4',
  address3: 'Second floor',
  zipCode: '20457',
  city: 'Hamburg',
  iso2Code: 'DE',
  company: 'Harbor Supply GmbH',
  phone: '+49 40 5550100',
  isDefaultShipping: true,
  isDefaultBilling: true,
};

/** The answer with it. */
export const ADDRESS_RESOURCE_EXAMPLE: ResourceObject = addressResource(
  { uuid: '3d1f6f0e-5c0b-5d2e-9b57-6f0c2f4c8a11', ...ADDRESS_EXAMPLE },
  'DE--1',
);
