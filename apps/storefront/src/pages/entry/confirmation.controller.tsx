import { Body, Get, Post } from '@nestjs/common';
import { AccountKeyService } from '#auth';
import {
  CurrentPageContext,
  ErrorSummary,
  FormReader,
  ForPageAccess,
  KeyField,
  PageForm,
  PagesController,
  type Page,
  type PageAnswer,
  type PageContext,
  type Problems,
} from '#pages';
import { LimitedByClient } from '#platform';
import { ConfirmCustomerDto } from '../../customer-confirmation/dto/confirm-customer.dto.js';
import { CUSTOMER_AREA } from '../storefront-pages.js';

/** Confirms the address of a registration with the key of its mail. */
@PagesController(CUSTOMER_AREA, 'confirm')
export class ConfirmationController {
  constructor(
    private readonly keys: AccountKeyService,
    private readonly forms: FormReader,
  ) {}

  @Get()
  @ForPageAccess('everybody')
  show(@CurrentPageContext() context: PageContext): Page {
    return page(context, '');
  }

  @Post()
  @ForPageAccess('everybody')
  @LimitedByClient('confirmation')
  async confirm(@Body() form: PageForm, @CurrentPageContext() context: PageContext): Promise<PageAnswer> {
    const { texts, area } = context;
    const plain = form.plain('registrationKey');
    const { attributes, problems } = await this.forms.read(ConfirmCustomerDto, plain, texts);
    const refused = (found: Problems): Page => ({ ...page(context, form.text('registrationKey'), found), status: 422 });
    if (Object.keys(problems).length > 0) return refused(problems);
    const isConfirmed = await this.keys.confirm(attributes.registrationKey);
    return isConfirmed
      ? { location: `${area.base}/sign-in?confirmed` }
      : refused({ registrationKey: texts.account.key.invalid });
  }
}

function page({ texts, path }: PageContext, value: string, problems: Problems = {}): Page {
  const { title, intro, button } = texts.account.confirmation;
  const body = (
    <>
      <h1>{title}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      <p>{intro}</p>
      <form class="card" method="post" action={path}>
        <KeyField texts={texts} name="registrationKey" value={value} problems={problems} />
        <button>{button}</button>
      </form>
    </>
  );
  return { title, body };
}
