import { HttpCode, Inject, Param, Patch, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, type Principal } from '#auth';
import {
  ApiDocument,
  ApiException,
  JsonApiController,
  RawAttributes,
  validateAttributes,
  type JsonApiHttpRequest,
} from '#json-api';
import { SETTINGS, type Settings } from '#platform';
import { customerPasswordAttributes, type CustomerPasswordAttributes } from './customer-password.attributes.js';
import { CUSTOMER_PASSWORD_ERRORS } from './customer-password.errors.js';
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
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiHeader({ name: 'X-MFA-Code', required: false, example: '123456' })
  @ApiDocument('customer-password', EXAMPLE)
  @ApiOperation({ summary: "Changes the caller's password and ends all sessions" })
  @ApiResponse({ status: 204 })
  @ApiResponse({ status: 400, description: '408 Invalid password · 421 · 422 weak password' })
  @ApiResponse({ status: 403, description: '5900, 5901 second factor · 411 Unauthorized request.' })
  @ApiResponse({ status: 422, description: '901 an attribute is wrong · 406 passwords differ' })
  @ApiResponse({ status: 429, description: '5911 MFA is locked · 4401 too many wrong passwords' })
  async change(
    @Param('id') customerReference: string,
    @RawAttributes() attributes: object,
    @CurrentPrincipal() { session }: Principal,
    @Req() request: JsonApiHttpRequest & { ip: string },
  ): Promise<void> {
    const valid = await validateAttributes(this.attributesClass, attributes);
    if (!session || session.customerReference !== customerReference) {
      throw new ApiException(CUSTOMER_PASSWORD_ERRORS.unauthorized);
    }
    await this.service.change(session.email, valid, request);
  }
}
