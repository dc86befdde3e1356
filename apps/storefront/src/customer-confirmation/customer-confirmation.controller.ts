import { Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccountKeyService } from '#auth';
import { ApiException, Attributes, JsonApiController } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { CUSTOMER_ERRORS } from '../customers/customers.errors.js';
import { ConfirmCustomerDto } from './dto/confirm-customer.dto.js';

/** Customers confirm their e-mail address with the mailed key (contract: resources, section 2.1). */
@ApiTags('customers')
@JsonApiController('customer-confirmation')
export class CustomerConfirmationController {
  constructor(private readonly keys: AccountKeyService) {}

  @Post()
  @Route({
    access: 'public',
    limited: 'confirmation',
    summary: 'Confirms the e-mail address of a registration, so that the customer can log in',
    errors: [CUSTOMER_ERRORS.confirmationKeyInvalid],
  })
  async confirm(@Attributes() { registrationKey }: ConfirmCustomerDto): Promise<void> {
    const confirmed = await this.keys.confirm(registrationKey);
    if (!confirmed) throw new ApiException(CUSTOMER_ERRORS.confirmationKeyInvalid);
  }
}
