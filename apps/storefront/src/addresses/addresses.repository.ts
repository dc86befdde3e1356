import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { isUUID } from 'class-validator';
import { Not, type EntityManager, type Repository } from 'typeorm';
import { SETTINGS, type Settings } from '#platform';
import type { Address } from './address.resource.js';
import { CustomerAddress } from './customer-address.entity.js';

/** The columns for the default addresses of a customer. */
type DefaultFlags = Pick<Address, 'isDefaultShipping' | 'isDefaultBilling'>;

/**
 * Reads and writes the addresses of one customer. Addresses of others are treated as missing. `manager` is the
 * transaction of a change, which has locked the customer.
 */
@Injectable()
export class AddressesRepository {
  private readonly limit: number;

  constructor(
    @InjectRepository(CustomerAddress) private readonly addresses: Repository<CustomerAddress>,
    @Inject(SETTINGS) { limits }: Settings,
  ) {
    this.limit = limits.customerAddresses;
  }

  /** The addresses of a customer, oldest first. If there are more than the limit: the defaults and the newest. */
  async listOf(customerId: string): Promise<CustomerAddress[]> {
    const newest = await this.addresses.find({
      where: { customerId },
      order: { isDefaultShipping: 'DESC', isDefaultBilling: 'DESC', createdAt: 'DESC', uuid: 'DESC' },
      take: this.limit,
    });
    return newest.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.uuid < b.uuid ? -1 : 1));
  }

  async find(uuid: string, customerId: string): Promise<CustomerAddress | null> {
    return isUUID(uuid, 'loose') ? this.addresses.findOneBy({ uuid, customerId }) : null;
  }

  /** The number of a customer's addresses, counted up to the limit. */
  async countOf(customerId: string, manager: EntityManager): Promise<number> {
    const some = await manager.find(CustomerAddress, {
      select: { uuid: true },
      where: { customerId },
      take: this.limit,
    });
    return some.length;
  }

  /** A new default address replaces the previous one. */
  async insert(address: Address, customerId: string, createdAt: Date, manager: EntityManager): Promise<void> {
    await removePreviousDefaults(manager, address, customerId);
    await manager.insert(CustomerAddress, { ...address, customerId, createdAt });
  }

  /**
   * @param changes the changed columns; may be empty
   * @returns the address after the change, or null if it no longer exists
   */
  async update(
    uuid: string,
    changes: Partial<Address>,
    customerId: string,
    manager: EntityManager,
  ): Promise<CustomerAddress | null> {
    if (!(await manager.existsBy(CustomerAddress, { uuid, customerId }))) return null;
    const { isDefaultShipping = false, isDefaultBilling = false } = changes;
    await removePreviousDefaults(manager, { uuid, isDefaultShipping, isDefaultBilling }, customerId);
    if (Object.keys(changes).length > 0) await manager.update(CustomerAddress, { uuid, customerId }, changes);
    return manager.findOneBy(CustomerAddress, { uuid, customerId });
  }

  /** @returns false if the customer has no such address */
  async delete(uuid: string, customerId: string, manager: EntityManager): Promise<boolean> {
    if (!isUUID(uuid, 'loose')) return false;
    const { affected } = await manager.delete(CustomerAddress, { uuid, customerId });
    return affected === 1;
  }
}

/** Removes the flag from the previous default address. */
async function removePreviousDefaults(
  manager: EntityManager,
  { uuid, isDefaultShipping, isDefaultBilling }: DefaultFlags & Pick<Address, 'uuid'>,
  customerId: string,
): Promise<void> {
  const others = { customerId, uuid: Not(uuid) };
  if (isDefaultShipping) {
    await manager.update(CustomerAddress, { ...others, isDefaultShipping }, { isDefaultShipping: false });
  }
  if (isDefaultBilling) {
    await manager.update(CustomerAddress, { ...others, isDefaultBilling }, { isDefaultBilling: false });
  }
}
