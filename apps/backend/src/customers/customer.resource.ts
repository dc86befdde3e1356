import type { Customer } from '#auth';
import { timestamp, type ResourceObject } from '#json-api';
import type { CustomerDto } from './dto/customer.dto.js';

/** What Back Office users may know of a customer. */
export interface CustomerData extends Pick<
  Customer,
  'id' | 'customerReference' | 'email' | 'salutation' | 'firstName' | 'lastName' | 'locale' | 'createdAt' | 'updatedAt'
> {
  readonly isConfirmed: boolean;
  /** The companies that the customer is an active user of. */
  readonly companies: readonly string[];
}

/** @param mfaMethods the active ones */
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
