import { Inject, Param, Patch, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentCaller, tooManyAttempts, type ReachableCaller } from '#auth';
import {
  ApiException,
  GENERIC_ERRORS,
  JsonApiController,
  RawAttributes,
  validateAttributes,
  type JsonApiHttpRequest,
} from '#json-api';
import { SETTINGS, type Settings, type ClientRequest } from '#platform';
import { CurrentCustomer, type LoggedInCustomer } from '../access/shopper.js';
import { Route } from '../access/route.decorator.js';
import { CUSTOMER_ERRORS } from '../customers/customers.errors.js';
import { customerPasswordAttributes, type CustomerPasswordAttributes } from './customer-password.attributes.js';
import { CustomerPasswordService } from './customer-password.service.js';

const EXAMPLE = { password: 'Harbor-Demo-01!', newPassword: 'Harbor-Demo-02!', confirmPassword: 'Harbor-Demo-02!' };

/** Customers change their password (contract: resources, section 2.1). */
@ApiTags('customers')
@JsonApiController('customer-password')
export class CustomerPasswordController {
  private readonly attributesClass: new () => CustomerPasswordAttributes;

  constructor(
    private readonly service: CustomerPasswordService,
    @Inject(SETTINGS) { passwordMinLength }: Settings,
  ) {
    this.attributesClass = customerPasswordAttributes(passwordMinLength);
  }

  @Patch(['', ':id'])
  @Route({
    access: 'customer',
    mfa: 'by-default',
    summary: "Changes the caller's password and ends all sessions",
    request: { type: 'customer-password', attributes: EXAMPLE },
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
    @RawAttributes() attributes: object,
    @CurrentCustomer() customer: LoggedInCustomer,
    @CurrentCaller() caller: ReachableCaller,
    @Req() request: JsonApiHttpRequest & ClientRequest,
  ): Promise<void> {
    const valid = await validateAttributes(this.attributesClass, attributes);
    if (customer.customerReference !== customerReference) throw new ApiException(CUSTOMER_ERRORS.unauthorized);
    await this.service.change(customer, caller, valid, request);
  }
}
