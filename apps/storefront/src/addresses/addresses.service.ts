import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { ApiException } from '#json-api';
import { Clock, SETTINGS, type Settings } from '#platform';
import { lockCustomer } from '../access/customer-lock.js';
import type { LoggedInCustomer } from '../access/shopper.js';
import type { Address } from './address.resource.js';
import { ADDRESS_ERRORS, tooManyAddresses } from './addresses.errors.js';
import { AddressesRepository } from './addresses.repository.js';
import { countryCode } from './country.js';
import type { CreateAddressDto } from './dto/create-address.dto.js';
import type { UpdateAddressDto } from './dto/update-address.dto.js';

/**
 * Manages the address books of customers.
 *
 * After a default address is deleted, no other becomes the default: the customer must choose where the next order goes.
 */
@Injectable()
export class AddressesService {
  constructor(
    private readonly addresses: AddressesRepository,
    private readonly clock: Clock,
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** @throws ApiException 404 / 404 if the customer has no such address */
  async get(uuid: string, { id }: LoggedInCustomer): Promise<Address> {
    const address = await this.addresses.find(uuid, id);
    if (!address) throw new ApiException(ADDRESS_ERRORS.notFound);
    return address;
  }

  /** @throws ApiException 400 / 409 if the country does not exist */
  check({ iso2Code }: Pick<CreateAddressDto, 'iso2Code'>): void {
    knownCountry(iso2Code);
  }

  /**
   * The first address of a customer becomes the default for both uses.
   *
   * @throws ApiException 400 / 409 if the country does not exist, 404 / 402 if the customer's account was ended, 422 /
   * 409 if the customer has too many addresses
   */
  async create(attributes: CreateAddressDto, { id }: LoggedInCustomer): Promise<Address> {
    const { address3 = null, company = null, phone = null } = attributes;
    const iso2Code = knownCountry(attributes.iso2Code);
    const address = { ...attributes, address3, company, phone, iso2Code, uuid: randomUUID() };
    const { customerAddresses: limit } = this.settings.limits;
    return this.withCustomerLocked(id, async (manager) => {
      const count = await this.addresses.countOf(id, manager);
      if (count >= limit) throw new ApiException(tooManyAddresses(limit));
      const stored = { ...address, ...(count === 0 && { isDefaultShipping: true, isDefaultBilling: true }) };
      await this.addresses.insert(stored, id, this.clock.now(), manager);
      return stored;
    });
  }

  /**
   * @throws ApiException 404 / 404, 400 / 409 if the country does not exist, 404 / 402 if the customer's account was
   * ended
   */
  async update(uuid: string, attributes: UpdateAddressDto, customer: LoggedInCustomer): Promise<Address> {
    const { uuid: known } = await this.get(uuid, customer);
    const changes = changesOf(attributes);
    const changed = await this.withCustomerLocked(customer.id, (manager) =>
      this.addresses.update(known, changes, customer.id, manager),
    );
    if (!changed) throw new ApiException(ADDRESS_ERRORS.notFound);
    return changed;
  }

  /** @throws ApiException 404 / 404 */
  async delete(uuid: string, { id }: LoggedInCustomer): Promise<void> {
    const deleted = await this.withCustomerLocked(id, (manager) => this.addresses.delete(uuid, id, manager));
    if (!deleted) throw new ApiException(ADDRESS_ERRORS.notFound);
  }

  /** Runs changes of one customer's addresses one after another, and none after the end of the account. */
  private withCustomerLocked<T>(customerId: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      if (!(await lockCustomer(manager, customerId))) throw new ApiException(ADDRESS_ERRORS.customerNotFound);
      return work(manager);
    });
  }
}

function changesOf(attributes: UpdateAddressDto): Partial<Address> {
  const { iso2Code } = attributes;
  const changes = iso2Code === undefined ? attributes : { ...attributes, iso2Code: knownCountry(iso2Code) };
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

function knownCountry(code: string): string {
  const known = countryCode(code);
  if (known === undefined) throw new ApiException(ADDRESS_ERRORS.notSaved);
  return known;
}
