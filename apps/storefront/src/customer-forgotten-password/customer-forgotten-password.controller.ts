import { Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccountMailsService } from '#auth';
import { Attributes, JsonApiController } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { ForgottenPasswordDto } from './dto/forgotten-password.dto.js';

/** Customers who forgot their password get a key by mail (contract: resources, section 2.1). */
@ApiTags('customers')
@JsonApiController('customer-forgotten-password')
export class CustomerForgottenPasswordController {
  constructor(private readonly mails: AccountMailsService) {}

  /** Response and response time are the same for every address: whether it is known is looked up later. */
  @Post()
  @Route({
    access: 'public',
    limited: 'forgotten-password',
    summary: 'Mails a key for a new password; the answer does not tell whether the address is known',
  })
  async request(@Attributes() { email }: ForgottenPasswordDto): Promise<void> {
    await this.mails.requestRestoreKey('customer', email);
  }
}
