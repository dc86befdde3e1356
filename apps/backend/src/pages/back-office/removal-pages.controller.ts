import { Body, Get, Param, Post } from '@nestjs/common';
import { CurrentSession, PageForm, type Page, type PageAnswer, type SessionContext } from '#pages';
import type { AccountKind } from '#mfa';
import { CustomerMfaController } from '../../account-mfa/customer-mfa.controller.js';
import { UserMfaController } from '../../account-mfa/user-mfa.controller.js';
import { BackOfficePages, ForCallersOf } from './page-access.js';
import { RemovalForms, type RemovalApi } from './removal-forms.service.js';

/** The pages that remove the methods of one kind of accounts. */
function removalPagesOf(kind: AccountKind, api: RemovalApi) {
  const ForAdministrators = (): MethodDecorator =>
    ForCallersOf<CustomerMfaController | UserMfaController>(api, 'removeOne');

  @BackOfficePages(`${kind}s/:publicId/remove-mfa`)
  class RemovalPagesController {
    constructor(private readonly forms: RemovalForms) {}

    @Get(['', ':type'])
    @ForAdministrators()
    ask(
      @Param('publicId') publicId: string,
      @Param('type') type: string | undefined,
      @CurrentSession() context: SessionContext,
    ): Promise<Page> {
      return this.forms.page({ kind, publicId, type, api }, context);
    }

    @Post(['', ':type'])
    @ForAdministrators()
    remove(
      @Param('publicId') publicId: string,
      @Param('type') type: string | undefined,
      @Body() form: PageForm,
      @CurrentSession() context: SessionContext,
    ): Promise<PageAnswer> {
      return this.forms.remove({ kind, publicId, type, api }, context, form);
    }
  }
  return RemovalPagesController;
}

export const REMOVAL_PAGES = [
  removalPagesOf('customer', CustomerMfaController),
  removalPagesOf('user', UserMfaController),
];
