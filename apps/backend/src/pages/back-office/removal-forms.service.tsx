import { Injectable } from '@nestjs/common';
import { FactorStatus, MFA_ERRORS, type AccountKind } from '#mfa';
import {
  explain,
  FormReader,
  methodName,
  PageForm,
  StepUpForms,
  type Page,
  type PageAnswer,
  type Problems,
  type SessionContext,
} from '#pages';
import { AccountMfaService } from '../../account-mfa/account-mfa.service.js';
import type { CustomerMfaController } from '../../account-mfa/customer-mfa.controller.js';
import { RemoveMethodsDto } from '../../account-mfa/dto/remove-methods.dto.js';
import type { UserMfaController } from '../../account-mfa/user-mfa.controller.js';
import { AccountDirectoryRepository } from '../../accounts/account-directory.repository.js';
import { RemovalForm } from './removal.view.js';

export type RemovalApi = typeof CustomerMfaController | typeof UserMfaController;

/** Whose methods are removed, and by which controller of the API. */
export interface Removal {
  readonly kind: AccountKind;
  readonly publicId: string;
  /** Undefined for all methods. */
  readonly type: string | undefined;
  readonly api: RemovalApi;
}

/** The form by which administrators remove second factors of others. It says first what will happen. */
@Injectable()
export class RemovalForms {
  constructor(
    private readonly mfa: AccountMfaService,
    private readonly accounts: AccountDirectoryRepository,
    private readonly forms: FormReader,
    private readonly stepUp: StepUpForms,
  ) {}

  /** @throws ApiException 404 / 009 if the account is unknown */
  async page(
    removal: Removal,
    { texts, path }: SessionContext,
    form = new PageForm(),
    problems: Problems = {},
  ): Promise<Page> {
    const { kind, publicId, type } = removal;
    const { methods } = await this.mfa.list({ kind, publicId });
    const account = await this.accounts.find(kind, publicId);
    const props = {
      ...{ texts, action: path, back: profileOf(removal), problems },
      name: account?.name ?? publicId,
      methods: methods
        .filter((one) => one.status !== FactorStatus.disabled && (type === undefined || type === one.type))
        .map((one) => methodName(texts, one.type)),
      reason: form.text('reason'),
      resetsPassword: form.text('resetPassword') === 'yes',
    };
    return { title: texts.backOffice.removal.title, body: <RemovalForm {...props} /> };
  }

  /** Carries the form out, or answers the page that says what is missing. */
  async remove(removal: Removal, context: SessionContext, form: PageForm): Promise<PageAnswer> {
    const { kind, publicId, type, api } = removal;
    const { texts, caller } = context;
    const plain = { reason: form.text('reason'), resetPassword: form.text('resetPassword') === 'yes' };
    const { attributes, problems } = await this.forms.read(RemoveMethodsDto, plain, texts);
    if (Object.keys(problems).length > 0)
      return { ...(await this.page(removal, context, form, problems)), status: 422 };
    try {
      await this.mfa.check({ kind, publicId }, type, caller);
      const question = await this.stepUp.require<CustomerMfaController | UserMfaController>(context, form, {
        route: [api, type === undefined ? 'removeAll' : 'removeOne'],
        isFresh: true,
      });
      if (question) return question;
      if (type === undefined) await this.mfa.removeAll({ kind, publicId }, caller, attributes);
      else await this.mfa.removeOne({ kind, publicId }, type, caller, attributes);
    } catch (error) {
      const known = [[MFA_ERRORS.typeNotFound, '', texts.backOffice.removal.gone]] as const;
      const { problems: refused, ...head } = explain(error, known);
      return { ...(await this.page(removal, context, form, refused)), ...head };
    }
    return { location: `${profileOf(removal)}?removed` };
  }
}

function profileOf({ kind, publicId }: Removal): string {
  return `/back-office/${kind}s/${encodeURIComponent(publicId)}`;
}
