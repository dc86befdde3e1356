import type { ResourceObject } from '#json-api';
import { customerResource } from './customer.resource.js';

const PERSON = {
  salutation: 'Ms',
  firstName: 'Ada',
  lastName: 'Kessler',
  gender: 'Female',
  email: 'ada.kessler@harborsupply.example',
};

/** A registration for the documentation. */
export const REGISTRATION_EXAMPLE = {
  ...PERSON,
  firstName: 'Nele',
  lastName: 'Hansen',
  email: 'nele.hansen@harborsupply.example',
  password: 'Harbor-Demo-01!',
  confirmPassword: 'Harbor-Demo-01!',
  acceptedTerms: true,
};

/** The answer with the customer. */
export const CUSTOMER_RESOURCE_EXAMPLE: ResourceObject = customerResource({
  id: '1',
  customerReference: 'DE--1',
  ...PERSON,
  dateOfBirth: null,
  createdAt: new Date('2026-02-09T10:30:00Z'),
  updatedAt: new Date('2026-02-09T10:30:00Z'),
});
