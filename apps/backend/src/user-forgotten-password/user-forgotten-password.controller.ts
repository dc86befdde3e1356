import { Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccountMailsService } from '#auth';
import { Attributes, JsonApiController } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { UserForgottenPasswordAttributes } from './user-forgotten-password.attributes.js';

/** Users who forgot their password get a key by mail (contract: MFA, section 4, rule 10). */
@ApiTags('users')
@JsonApiController('user-forgotten-password')
export class UserForgottenPasswordController {
  constructor(private readonly mails: AccountMailsService) {}

  /** The answer is the same for every username, and so is its time: whether it is known is looked up after it. */
  @Post()
  @Route({
    access: 'public',
    limited: true,
    summary: 'Mails a key for a new password; the answer does not tell whether the username is known',
    request: { type: 'user-forgotten-password', attributes: { username: 'wim.dekker@sallyport.example' } },
  })
  async request(@Attributes() { username }: UserForgottenPasswordAttributes): Promise<void> {
    await this.mails.requestRestoreKey('user', username);
  }
}
