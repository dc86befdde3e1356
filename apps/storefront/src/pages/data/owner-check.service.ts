import { Injectable } from '@nestjs/common';
import { CurrentPassword, PasswordService } from '#auth';
import type { JsonApiHttpRequest } from '#json-api';
import {
  explain,
  FormReader,
  isActing,
  PageForm,
  StepUpForms,
  type Page,
  type PageAnswer,
  type Problems,
  type ProtectedAction,
  type SessionContext,
} from '#pages';
import type { ClientRequest } from '#platform';
import type { LoggedInCustomer } from '../../access/shopper.js';
import { currentPasswordRefusals } from '../current-password.view.js';

/** A form as it was sent. */
interface SentForm {
  readonly form: PageForm;
  readonly context: SessionContext;
  readonly customer: LoggedInCustomer;
  readonly request: JsonApiHttpRequest & ClientRequest;
  /** The page of the form, with the field of the password, and what is wrong. */
  readonly page: (problems: Problems) => Page;
}

class CurrentPasswordDto {
  @CurrentPassword()
  password!: string;
}

/**
 * Makes sure that a form comes from the owner of the account and not from somebody at an open screen: by a code, or by the
 * password where no code is asked for. An agent who acts for a customer does not know the password.
 */
@Injectable()
export class OwnerCheck {
  constructor(
    private readonly stepUp: StepUpForms,
    private readonly passwords: PasswordService,
    private readonly forms: FormReader,
  ) {}

  /** Whether the form is shown with the field of the password. What is asked for is decided when the form is sent. */
  async asksForPassword<Controller extends object>(
    context: SessionContext,
    action: ProtectedAction<Controller>,
  ): Promise<boolean> {
    return !isActing(context.session) && !(await this.stepUp.asksForCode(context, action));
  }

  /** @returns the page that asks for what is missing; undefined: the form can be carried out */
  require<Controller extends object>(
    sent: SentForm,
    action: ProtectedAction<Controller>,
  ): Promise<PageAnswer | undefined> {
    const { context, form } = sent;
    const withoutCode = () => this.requirePassword(sent);
    // a form that waits for a code does not keep the password
    return this.stepUp.require(context, form.without(['password']), {
      ...action,
      ...(!isActing(context.session) && { withoutCode }),
    });
  }

  private async requirePassword({ form, context, customer, request, page }: SentForm): Promise<Page | undefined> {
    const { attributes, problems } = await this.forms.read(CurrentPasswordDto, form.plain('password'), context.texts);
    if (Object.keys(problems).length > 0) return { ...page(problems), status: 422 };
    try {
      const account = { kind: 'customer', id: customer.id } as const;
      await this.passwords.check({ account, username: customer.email, password: attributes.password }, request);
    } catch (error) {
      const { problems: refused, ...head } = explain(error, currentPasswordRefusals(context.texts));
      return { ...page(refused), ...head };
    }
    return undefined;
  }
}
