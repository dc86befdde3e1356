import { Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccountMailsService } from '#auth';
import { Attributes, JsonApiController } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { RequestRestoreKeyDto } from './dto/request-restore-key.dto.js';

/** Users who forgot their password get a key by mail (contract: MFA, section 4, rule 10). */
@ApiTags('users')
@JsonApiController('user-forgotten-password')
export class UserForgottenPasswordController {
  constructor(private readonly mails: AccountMailsService) {}

  /** Response and response time are the same for every username: whether it is known is looked up later. */
  @Post()
  @Route({
    access: 'public',
    limited: 'forgotten-password',
    summary: 'Mails a key for a new password; the answer does not tell whether the username is known',
  })
  async request(@Attributes() { username }: RequestRestoreKeyDto): Promise<void> {
    await this.mails.requestRestoreKey('user', username);
  }
}
