import { Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Collection, JsonApiController, Resource } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { parseCustomerList, SORTABLE } from './customer-list.js';
import { CUSTOMER_ERRORS } from './customers.errors.js';
import { CustomersService } from './customers.service.js';
import { CustomerDto } from './dto/customer.dto.js';

const ids = { id: 'DE--21' };

/** Back Office users search for customers, and see which of them have MFA. */
@ApiTags('customers')
@JsonApiController('customers')
export class CustomersController {
  constructor(private readonly service: CustomersService) {}

  @Get()
  @Route({
    access: 'back-office',
    summary:
      'Customers, in pages of 20, or up to 100. `q`: a part of the reference, the e-mail address or the full name; of fewer than three characters their beginning, or that of the last name. A search finds 1000 customers at most',
    query: {
      q: 'kessler',
      'filter[customers.customerReference]': ids.id,
      'filter[customers.email]': 'ada.kessler@harborsupply.example',
      'filter[customers.name]': 'kessler',
      'page[offset]': '0',
      'page[limit]': '20',
      sort: SORTABLE.map((field) => (field === 'createdAt' ? `-${field}` : field)).join(','),
    },
    answer: { status: 200, description: 'The customers, with links to the other pages', list: CustomerDto },
  })
  async list(@Query() query: Record<string, unknown>): Promise<Collection> {
    const list = parseCustomerList(query);
    const { resources, counted } = await this.service.list(list);
    return new Collection(resources, { page: { ...list.page, ...counted } });
  }

  @Get(':id')
  @Route({
    access: 'back-office',
    summary: 'One customer',
    ids,
    answer: { status: 200, description: 'The customer', resource: CustomerDto },
    errors: [CUSTOMER_ERRORS.notFound],
  })
  async get(@Param('id') customerReference: string): Promise<Resource> {
    return new Resource(await this.service.get(customerReference));
  }
}
