import { Injectable } from '@nestjs/common';
import { ApiException, type ResourceObject } from '#json-api';
import { MfaService } from '#mfa';
import type { CustomerList } from './customer-list.js';
import { customerResource, type CustomerData } from './customer.resource.js';
import { CUSTOMER_ERRORS } from './customers.errors.js';
import type { CustomerDto } from './dto/customer.dto.js';
import { CustomersRepository, type CustomerPage } from './customers.repository.js';

/** Customers with their active methods, which are read for a whole page in one statement. */
@Injectable()
export class CustomersService {
  constructor(
    private readonly repository: CustomersRepository,
    private readonly mfa: MfaService,
  ) {}

  async list(list: CustomerList): Promise<{
    readonly resources: readonly ResourceObject<CustomerDto>[];
    readonly counted: CustomerPage['counted'];
  }> {
    const { customers, counted } = await this.repository.list(list);
    return { resources: await this.resources(customers), counted };
  }

  /** @throws ApiException 404 / 402 */
  async get(customerReference: string): Promise<ResourceObject<CustomerDto>> {
    const customer = await this.repository.find(customerReference);
    const [resource] = await this.resources(customer ? [customer] : []);
    if (!resource) throw new ApiException(CUSTOMER_ERRORS.notFound);
    return resource;
  }

  private async resources(customers: readonly CustomerData[]): Promise<readonly ResourceObject<CustomerDto>[]> {
    if (customers.length === 0) return [];
    const ids = customers.map(({ id }) => id);
    const methods = await this.mfa.activeMethods('customer', ids);
    return customers.map((customer) => customerResource(customer, methods.get(customer.id) ?? []));
  }
}
