import { Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiException, Attributes, Collection, GENERIC_ERRORS, JsonApiController, Resource } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { CurrentCustomer, type LoggedInCustomer } from '../access/shopper.js';
import { addressResource } from './address.resource.js';
import { ADDRESS_ERRORS, tooManyAddresses } from './addresses.errors.js';
import { AddressesRepository } from './addresses.repository.js';
import { AddressesService } from './addresses.service.js';
import { AddressDto } from './dto/address.dto.js';
import { CreateAddressDto } from './dto/create-address.dto.js';
import { UpdateAddressDto } from './dto/update-address.dto.js';

const { unauthorized, notFound, notSaved, customerNotFound } = ADDRESS_ERRORS;

/** Customers keep their addresses (contract: resources, section 2.3). */
@ApiTags('customers')
@JsonApiController('addresses', 'customers/:customerReference/addresses')
export class AddressesController {
  constructor(
    private readonly service: AddressesService,
    private readonly addresses: AddressesRepository,
  ) {}

  @Get()
  @Route({
    access: 'customer',
    summary: "The caller's addresses, oldest first",
    answer: { status: 200, description: 'The addresses', list: AddressDto },
    errors: [unauthorized],
  })
  async list(
    @Param('customerReference') reference: string,
    @CurrentCustomer() customer: LoggedInCustomer,
  ): Promise<Collection> {
    assertOwn(reference, customer);
    const addresses = await this.addresses.listOf(customer.id);
    return new Collection(addresses.map((address) => addressResource(address, reference)));
  }

  @Get(':id')
  @Route({
    access: 'customer',
    summary: "One of the caller's addresses",
    answer: { status: 200, description: 'The address', resource: AddressDto },
    errors: [unauthorized, notFound],
  })
  async get(
    @Param('customerReference') reference: string,
    @Param('id') uuid: string,
    @CurrentCustomer() customer: LoggedInCustomer,
  ): Promise<Resource> {
    assertOwn(reference, customer);
    return new Resource(addressResource(await this.service.get(uuid, customer), reference));
  }

  @Post()
  @Route({
    access: 'customer',
    mfa: 'by-default',
    summary: 'Adds an address; the first one becomes the default for both, another default takes the place of the old',
    answer: { status: 201, description: 'The new address', resource: AddressDto },
    errors: [unauthorized, customerNotFound, notSaved, tooManyAddresses(200)],
  })
  async create(
    @Param('customerReference') reference: string,
    @Attributes() attributes: CreateAddressDto,
    @CurrentCustomer() customer: LoggedInCustomer,
  ): Promise<Resource> {
    assertOwn(reference, customer);
    return new Resource(addressResource(await this.service.create(attributes, customer), reference));
  }

  @Patch(['', ':id'])
  @Route({
    access: 'customer',
    mfa: 'by-default',
    summary: 'Changes an address; what the request does not name stays as it is',
    answer: { status: 200, description: 'The address as it is now', resource: AddressDto },
    errors: [GENERIC_ERRORS.missingId, unauthorized, notFound, customerNotFound, notSaved],
  })
  async update(
    @Param('customerReference') reference: string,
    @Param('id') uuid: string,
    @Attributes() attributes: UpdateAddressDto,
    @CurrentCustomer() customer: LoggedInCustomer,
  ): Promise<Resource> {
    assertOwn(reference, customer);
    return new Resource(addressResource(await this.service.update(uuid, attributes, customer), reference));
  }

  @Delete(['', ':id'])
  @Route({
    access: 'customer',
    mfa: 'by-default',
    summary: 'Deletes an address; when it was a default, no other one becomes it',
    errors: [GENERIC_ERRORS.missingId, unauthorized, notFound],
  })
  async delete(
    @Param('customerReference') reference: string,
    @Param('id') uuid: string,
    @CurrentCustomer() customer: LoggedInCustomer,
  ): Promise<void> {
    assertOwn(reference, customer);
    await this.service.delete(uuid, customer);
  }
}

/** @throws ApiException 403 / 411 if the reference is not the caller's own */
function assertOwn(reference: string, { customerReference }: LoggedInCustomer): void {
  if (reference !== customerReference) throw new ApiException(unauthorized);
}
