import { Param, Patch, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCaller, tooManyAttempts, type ReachableCaller } from '#auth';
import { ApiException, Attributes, GENERIC_ERRORS, JsonApiController, type JsonApiHttpRequest } from '#json-api';
import type { ClientRequest } from '#platform';
import { CurrentCustomer, type LoggedInCustomer } from '../access/shopper.js';
import { Route } from '../access/route.decorator.js';
import { CUSTOMER_ERRORS } from '../customers/customers.errors.js';
import { CustomerPasswordService } from './customer-password.service.js';
import { ChangePasswordDto } from './dto/change-password.dto.js';

/** Customers change their password (contract: resources, section 2.1). */
@ApiTags('customers')
@JsonApiController('customer-password')
export class CustomerPasswordController {
  constructor(private readonly service: CustomerPasswordService) {}

  @Patch(['', ':id'])
  @Route({
    access: 'customer',
    limited: 'sign-in',
    mfa: 'by-default',
    summary: "Changes the caller's password and ends all sessions",
    errors: [
      GENERIC_ERRORS.missingId,
      CUSTOMER_ERRORS.unauthorized,
      CUSTOMER_ERRORS.newPasswordsDiffer,
      CUSTOMER_ERRORS.wrongPassword,
      CUSTOMER_ERRORS.sameCharacterSequence,
      CUSTOMER_ERRORS.commonPassword,
      tooManyAttempts(300, 'en_US'),
    ],
  })
  async change(
    @Param('id') customerReference: string,
    @Attributes() attributes: ChangePasswordDto,
    @CurrentCustomer() customer: LoggedInCustomer,
    @CurrentCaller() caller: ReachableCaller,
    @Req() request: JsonApiHttpRequest & ClientRequest,
  ): Promise<void> {
    if (customer.customerReference !== customerReference) throw new ApiException(CUSTOMER_ERRORS.unauthorized);
    await this.service.change(customer, caller, attributes, request);
  }
}
