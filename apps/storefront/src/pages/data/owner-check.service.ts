import { Injectable } from '@nestjs/common';
import { CurrentPassword, PasswordService, type Credentials } from '#auth';
import type { JsonApiHttpRequest } from '#json-api';
import {
  explain,
  FormReader,
  isActing,
  PageForm,
  StepUpForms,
  type KnownRefusal,
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
  /** The page of the form, with what is wrong. */
  readonly page: (problems: Problems, asksForPassword: boolean) => Page;
}

/** What is done with a form. */
interface OwnersAction<Controller extends object> extends ProtectedAction<Controller> {
  /** @param checked what the password was checked against, if it was asked for: it can have been changed since then */
  readonly write: (checked: Credentials | undefined) => Promise<unknown>;
  /** What `write` can refuse, besides the password. */
  readonly refusals?: readonly KnownRefusal[];
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

  /** @returns the page that asks for what is missing, or says what was refused; undefined: the form is carried out */
  async carryOut<Controller extends object>(
    { form, context, customer, request, page }: SentForm,
    { write, refusals = [], ...action }: OwnersAction<Controller>,
  ): Promise<PageAnswer | undefined> {
    const { session, texts } = context;
    let isAsked = false;
    let checked: Credentials | undefined;
    const withoutCode = async (): Promise<Page | undefined> => {
      isAsked = true;
      const { attributes, problems } = await this.forms.read(CurrentPasswordDto, form.plain('password'), texts);
      if (Object.keys(problems).length > 0) return { ...page(problems, isAsked), status: 422 };
      const account = { kind: 'customer', id: customer.id } as const;
      checked = await this.passwords.check({ account, username: customer.email, ...attributes }, request);
      return undefined;
    };
    try {
      const asked = { ...action, ...(!isActing(session) && { withoutCode }) };
      // a form that waits for a code does not keep the password
      const question = await this.stepUp.require(context, form.without(['password']), asked);
      if (question) return question;
      await write(checked);
      return undefined;
    } catch (error) {
      const { problems, ...head } = explain(error, [...currentPasswordRefusals(texts), ...refusals]);
      return { ...page(problems, isAsked), ...head };
    }
  }
}
