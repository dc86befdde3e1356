import { Delete, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCaller, type ReachableCaller } from '#auth';
import {
  ApiException,
  Attributes,
  Collection,
  GENERIC_ERRORS,
  JsonApiController,
  parseInclude,
  Resource,
  type JsonApiHttpRequest,
  type ResourceObject,
} from '#json-api';
import { actorOf } from '#mfa';
import { Route } from '../access/route.decorator.js';
import { CurrentCustomer, type LoggedInCustomer } from '../access/shopper.js';
import { AddressesRepository } from '../addresses/addresses.repository.js';
import { customerResource, type CustomerData } from './customer.resource.js';
import { CUSTOMER_ERRORS } from './customers.errors.js';
import { CustomersService } from './customers.service.js';
import { CreateCustomerDto } from './dto/create-customer.dto.js';
import { CustomerDto } from './dto/customer.dto.js';
import { UpdateCustomerDto } from './dto/update-customer.dto.js';
import { RegistrationService } from './registration.service.js';

type QueryParameters = Record<string, unknown>;

const INCLUDE = { include: 'addresses' };

/** Customers register and manage their own account (contract: resources, section 2.2). */
@ApiTags('customers')
@JsonApiController('customers')
export class CustomersController {
  constructor(
    private readonly customers: CustomersService,
    private readonly registration: RegistrationService,
    private readonly addresses: AddressesRepository,
  ) {}

  @Get()
  @Route({
    access: 'customer',
    summary: 'The caller, as a list of one',
    query: INCLUDE,
    answer: { status: 200, description: 'The caller', list: CustomerDto },
    errors: [CUSTOMER_ERRORS.notFound],
  })
  async list(@CurrentCustomer() customer: LoggedInCustomer, @Query() query: QueryParameters): Promise<Collection> {
    return new Collection([await this.resource(await this.customers.get(customer), query)]);
  }

  @Get(':id')
  @Route({
    access: 'customer',
    summary: 'The caller',
    query: INCLUDE,
    answer: { status: 200, description: 'The caller', resource: CustomerDto },
    errors: [CUSTOMER_ERRORS.notFound],
  })
  async get(
    @Param('id') customerReference: string,
    @CurrentCustomer() customer: LoggedInCustomer,
    @Query() query: QueryParameters,
  ): Promise<Resource> {
    if (customer.customerReference !== customerReference) throw new ApiException(CUSTOMER_ERRORS.notFound);
    return new Resource(await this.resource(await this.customers.get(customer), query));
  }

  @Post()
  @Route({
    access: 'public',
    limited: 'registration',
    mfa: 'by-default', // applies to callers who register somebody while logged in
    summary: 'Registers a customer and mails the key that confirms the e-mail address',
    answer: { status: 201, description: 'The new customer', resource: CustomerDto },
    errors: [
      CUSTOMER_ERRORS.emailTaken,
      CUSTOMER_ERRORS.registrationFailed,
      CUSTOMER_ERRORS.passwordsDiffer,
      CUSTOMER_ERRORS.sameCharacterSequence,
      CUSTOMER_ERRORS.commonPassword,
    ],
  })
  async register(@Attributes() attributes: CreateCustomerDto, @Req() request: JsonApiHttpRequest): Promise<Resource> {
    return new Resource(customerResource(await this.registration.register(attributes, request)));
  }

  @Patch(['', ':id'])
  @Route({
    access: 'customer',
    mfa: 'by-default',
    summary: "Changes the caller's data; a new e-mail address, five in 24 hours, voids codes and mailed keys",
    query: INCLUDE,
    answer: { status: 200, description: 'The caller', resource: CustomerDto },
    errors: [
      GENERIC_ERRORS.missingId,
      CUSTOMER_ERRORS.unauthorized,
      CUSTOMER_ERRORS.passwordsDiffer,
      CUSTOMER_ERRORS.emailTaken,
      CUSTOMER_ERRORS.emailChangedTooOften,
      CUSTOMER_ERRORS.notFound,
    ],
  })
  async change(
    @Param('id') customerReference: string,
    @Attributes() attributes: UpdateCustomerDto,
    @CurrentCustomer() customer: LoggedInCustomer,
    @CurrentCaller() caller: ReachableCaller,
    @Query() query: QueryParameters,
  ): Promise<Resource> {
    if (customer.customerReference !== customerReference) throw new ApiException(CUSTOMER_ERRORS.unauthorized);
    const changed = await this.customers.change(customer, attributes, { actor: actorOf(caller) });
    return new Resource(await this.resource(changed, query));
  }

  @Delete(['', ':id'])
  @Route({
    access: 'customer',
    mfa: 'by-default',
    summary: 'Ends the account for good: the person is forgotten, orders stay without personal data',
    errors: [GENERIC_ERRORS.missingId, CUSTOMER_ERRORS.unauthorized],
  })
  async delete(
    @Param('id') customerReference: string,
    @CurrentCustomer() customer: LoggedInCustomer,
    @CurrentCaller() caller: ReachableCaller,
  ): Promise<void> {
    if (customer.customerReference !== customerReference) throw new ApiException(CUSTOMER_ERRORS.unauthorized);
    await this.customers.delete(customer, { actor: actorOf(caller) });
  }

  private async resource(customer: CustomerData, query: QueryParameters): Promise<ResourceObject> {
    const isAsked = parseInclude(query).has('addresses');
    return customerResource(customer, isAsked ? await this.addresses.listOf(customer.id) : undefined);
  }
}
