import type { Customer } from '#auth';
import { timestamp, type ResourceObject } from '#json-api';
import { addressResource, type Address } from '../addresses/address.resource.js';
import type { CustomerDto } from './dto/customer.dto.js';

/** The data of a customer that responses may contain. */
export type CustomerData = Pick<
  Customer,
  | 'id'
  | 'customerReference'
  | 'email'
  | 'salutation'
  | 'firstName'
  | 'lastName'
  | 'gender'
  | 'dateOfBirth'
  | 'createdAt'
  | 'updatedAt'
>;

/**
 * The resource `customers` (contract: resources, section 2.2).
 *
 * @param addresses written under `included`; undefined if the request does not ask for them
 */
export function customerResource(customer: CustomerData, addresses?: readonly Address[]): ResourceObject<CustomerDto> {
  const { customerReference, firstName, lastName, email, gender, dateOfBirth, salutation } = customer;
  return {
    type: 'customers',
    id: customerReference,
    attributes: {
      firstName,
      lastName,
      email,
      gender,
      dateOfBirth,
      salutation,
      createdAt: timestamp(customer.createdAt),
      updatedAt: timestamp(customer.updatedAt),
    },
    ...(addresses && { related: { addresses: addresses.map((one) => addressResource(one, customerReference)) } }),
  };
}
