import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { isUUID } from 'class-validator';
import type { EntityManager, Repository } from 'typeorm';
import { ApiException } from '#json-api';
import { SETTINGS, type Settings } from '#platform';
import { lockCustomer } from '../customers/customer-lock.repository.js';
import { CUSTOMER_ERRORS, tooManyAddresses } from '../customers/customers.errors.js';
import type { Address } from './address.resource.js';
import { CustomerAddress } from './customer-address.entity.js';

/** What makes an address the default of its customer. */
type DefaultFlags = Pick<Address, 'isDefaultShipping' | 'isDefaultBilling'>;

/** Addresses within the reach of their customer; anybody else's are as unknown as those that do not exist. */
@Injectable()
export class AddressesRepository {
  private readonly limit: number;

  constructor(
    @InjectRepository(CustomerAddress) private readonly addresses: Repository<CustomerAddress>,
    @Inject(SETTINGS) { limits }: Settings,
  ) {
    this.limit = limits.customerAddresses;
  }

  /** The addresses of a customer, oldest first; of one who has more than the limit the defaults and the newest. */
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

  /**
   * A customer's first address is the default for both; another one that becomes a default takes that from its holder.
   *
   * @returns the address as it is stored
   * @throws ApiException 404 / 402 for a customer that is gone, 422 / 409 for one who has as many as they may
   */
  add(address: Address, customerId: string, createdAt: Date): Promise<Address> {
    return this.withCustomerLocked(customerId, async (manager) => {
      const { length: count } = await manager.find(CustomerAddress, {
        select: { uuid: true },
        where: { customerId },
        take: this.limit,
      });
      if (count >= this.limit) throw new ApiException(tooManyAddresses(this.limit));
      const flags = count === 0 ? { isDefaultShipping: true, isDefaultBilling: true } : {};
      const stored = { ...address, ...flags };
      await takeDefaults(manager, stored, customerId);
      await manager.insert(CustomerAddress, { ...stored, customerId, createdAt });
      return stored;
    });
  }

  /**
   * @param changes the columns that change; none leaves all as it is
   * @returns the address as it is then; null when there is none any more
   * @throws ApiException 404 / 402 for a customer that is gone
   */
  change(uuid: string, changes: Partial<Address>, customerId: string): Promise<CustomerAddress | null> {
    return this.withCustomerLocked(customerId, async (manager) => {
      if (!(await manager.existsBy(CustomerAddress, { uuid, customerId }))) return null;
      const { isDefaultShipping = false, isDefaultBilling = false } = changes;
      await takeDefaults(manager, { uuid, isDefaultShipping, isDefaultBilling }, customerId);
      if (Object.keys(changes).length > 0) await manager.update(CustomerAddress, { uuid, customerId }, changes);
      return manager.findOneBy(CustomerAddress, { uuid, customerId });
    });
  }

  /** @returns false when the customer has no such address */
  async delete(uuid: string, customerId: string): Promise<boolean> {
    if (!isUUID(uuid, 'loose')) return false;
    return this.withCustomerLocked(customerId, async (manager) => {
      const { affected } = await manager.delete(CustomerAddress, { uuid, customerId });
      return affected === 1;
    });
  }

  /** Changes of one customer's addresses come one after the other, and none comes after the end of the account. */
  private withCustomerLocked<T>(customerId: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.addresses.manager.transaction(async (manager) => {
      if (!(await lockCustomer(manager, customerId))) throw new ApiException(CUSTOMER_ERRORS.notFound);
      return work(manager);
    });
  }
}

/** Before an address becomes a default, the address that was it is it no more. */
async function takeDefaults(
  manager: EntityManager,
  { uuid, isDefaultShipping, isDefaultBilling }: DefaultFlags & Pick<Address, 'uuid'>,
  customerId: string,
): Promise<void> {
  if (!isDefaultShipping && !isDefaultBilling) return;
  await manager.query(
    `UPDATE customer_address
     SET is_default_shipping = is_default_shipping AND NOT $3::boolean,
       is_default_billing = is_default_billing AND NOT $4::boolean
     WHERE customer_id = $1 AND uuid <> $2 AND (is_default_shipping AND $3 OR is_default_billing AND $4)`,
    [customerId, uuid, isDefaultShipping, isDefaultBilling],
  );
}
