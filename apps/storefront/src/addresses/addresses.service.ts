import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ApiException } from '#json-api';
import { Clock } from '#platform';
import type { LoggedInCustomer } from '../access/shopper.js';
import { CUSTOMER_ERRORS } from '../customers/customers.errors.js';
import type { AddressChanges } from './address-changes.attributes.js';
import type { AddressAttributes } from './address.attributes.js';
import type { Address } from './address.resource.js';
import { AddressesRepository } from './addresses.repository.js';
import { countryCode } from './country.js';

/**
 * The address books of customers.
 *
 * A deleted default has no successor: which address the next order goes to is for the customer to say.
 */
@Injectable()
export class AddressesService {
  constructor(
    private readonly addresses: AddressesRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws ApiException 404 / 404 for an address that is not the customer's */
  async get(uuid: string, { id }: LoggedInCustomer): Promise<Address> {
    const address = await this.addresses.find(uuid, id);
    if (!address) throw new ApiException(CUSTOMER_ERRORS.addressNotFound);
    return address;
  }

  /** @throws ApiException 400 / 409 for a country that does not exist, 422 / 409 for an address too many */
  create(attributes: AddressAttributes, { id }: LoggedInCustomer): Promise<Address> {
    const { address3 = null, company = null, phone = null } = attributes;
    const iso2Code = knownCountry(attributes.iso2Code);
    const address = { ...attributes, address3, company, phone, iso2Code, uuid: randomUUID() };
    return this.addresses.add(address, id, this.clock.now());
  }

  /** @throws ApiException 404 / 404, 400 / 409 for a country that does not exist */
  async update(uuid: string, attributes: AddressChanges, customer: LoggedInCustomer): Promise<Address> {
    const { uuid: known } = await this.get(uuid, customer);
    const changed = await this.addresses.change(known, changesOf(attributes), customer.id);
    if (!changed) throw new ApiException(CUSTOMER_ERRORS.addressNotFound);
    return changed;
  }

  /** @throws ApiException 404 / 404 */
  async delete(uuid: string, { id }: LoggedInCustomer): Promise<void> {
    if (!(await this.addresses.delete(uuid, id))) throw new ApiException(CUSTOMER_ERRORS.addressNotFound);
  }
}

function changesOf(attributes: AddressChanges): Partial<Address> {
  const { iso2Code } = attributes;
  const changes = iso2Code === undefined ? attributes : { ...attributes, iso2Code: knownCountry(iso2Code) };
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

function knownCountry(code: string): string {
  const known = countryCode(code);
  if (known === undefined) throw new ApiException(CUSTOMER_ERRORS.addressNotSaved);
  return known;
}
