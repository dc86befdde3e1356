import { Body, Get, Post, Query } from '@nestjs/common';
import { AccountMailsService } from '#auth';
import {
  CurrentPageContext,
  ErrorSummary,
  Field,
  ForPageAccess,
  FormReader,
  PageForm,
  PagesController,
  type Page,
  type PageAnswer,
  type PageContext,
  type Problems,
} from '#pages';
import { LimitedByClient } from '#platform';
import { ForgottenPasswordDto } from '../../customer-forgotten-password/dto/forgotten-password.dto.js';
import { CUSTOMER_AREA } from '../storefront-pages.js';
import { MailSent, SignInLink } from './mail-sent.view.js';

/** Mails a key for a new password; the answer does not tell whether the address is known. */
@PagesController(CUSTOMER_AREA, 'forgotten-password')
export class ForgottenPasswordController {
  constructor(
    private readonly mails: AccountMailsService,
    private readonly forms: FormReader,
  ) {}

  @Get()
  @ForPageAccess('everybody')
  show(@CurrentPageContext() context: PageContext, @Query() query: object): Page {
    if (!('sent' in query)) return page(context, '');
    const { texts } = context;
    const { sentTitle, sent } = texts.account.forgotten;
    return { title: sentTitle, body: <MailSent texts={texts} title={sentTitle} lines={[sent]} /> };
  }

  @Post()
  @ForPageAccess('everybody')
  @LimitedByClient('forgotten-password')
  async request(@Body() form: PageForm, @CurrentPageContext() context: PageContext): Promise<PageAnswer> {
    const email = form.text('email').trim();
    const { attributes, problems } = await this.forms.read(ForgottenPasswordDto, { email }, context.texts);
    if (Object.keys(problems).length > 0) return { ...page(context, email, problems), status: 422 };
    await this.mails.requestRestoreKey('customer', attributes.email);
    return { location: `${context.path}?sent` };
  }
}

function page({ texts, path }: PageContext, email: string, problems: Problems = {}): Page {
  const { title, intro, email: label, button } = texts.account.forgotten;
  const input = { type: 'email', value: email, autocomplete: 'username', maxLength: 254 } as const;
  const body = (
    <>
      <h1>{title}</h1>
      <ErrorSummary problems={problems} texts={texts} />
      <p>{intro}</p>
      <form class="card" method="post" action={path}>
        <Field name="email" label={label} problems={problems} input={input} />
        <button>{button}</button>
      </form>
      <SignInLink texts={texts} />
    </>
  );
  return { title, body };
}
