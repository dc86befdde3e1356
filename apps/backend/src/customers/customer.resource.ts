import type { Customer } from '#auth';
import { timestamp, type ResourceObject } from '#json-api';
import type { CustomerDto } from './dto/customer.dto.js';

/** The data of a customer that Back Office users may see. */
export interface CustomerData extends Pick<
  Customer,
  'id' | 'customerReference' | 'email' | 'salutation' | 'firstName' | 'lastName' | 'locale' | 'createdAt' | 'updatedAt'
> {
  readonly isConfirmed: boolean;
  /** The companies in which the customer has an active company user. */
  readonly companies: readonly string[];
}

/** @param mfaMethods the active methods */
export function customerResource(
  { id: _, createdAt, updatedAt, ...customer }: CustomerData,
  mfaMethods: readonly string[],
): ResourceObject<CustomerDto> {
  const { customerReference, firstName, lastName, email, salutation, locale, isConfirmed, companies } = customer;
  return {
    type: 'customers',
    id: customerReference,
    attributes: {
      ...{ customerReference, firstName, lastName, email, salutation, locale, isConfirmed, companies },
      isMfaEnabled: mfaMethods.length > 0,
      mfaMethods,
      createdAt: timestamp(createdAt),
      updatedAt: timestamp(updatedAt),
    },
  };
}
