import type { ResourceObject } from '#json-api';
import { countryName } from './country.js';
import type { CustomerAddress } from './customer-address.entity.js';
import type { AddressDto } from './dto/address.dto.js';

/** An address without owner and creation time. */
export type Address = Omit<CustomerAddress, 'customerId' | 'customer' | 'createdAt'>;

/** The resource `addresses` (contract: resources, section 2.3). Its path is below its customer. */
export function addressResource({ uuid, ...address }: Address, customerReference: string): ResourceObject<AddressDto> {
  const { salutation, firstName, lastName, address1, address2, address3, zipCode, city, iso2Code } = address;
  const { company, phone, isDefaultShipping, isDefaultBilling } = address;
  return {
    type: 'addresses',
    id: uuid,
    attributes: {
      salutation,
      firstName,
      lastName,
      address1,
      address2,
      address3,
      zipCode,
      city,
      country: countryName(iso2Code) ?? null,
      iso2Code,
      company,
      phone,
      isDefaultShipping,
      isDefaultBilling,
    },
    path: `/customers/${encodeURIComponent(customerReference)}/addresses/${uuid}`,
  };
}
