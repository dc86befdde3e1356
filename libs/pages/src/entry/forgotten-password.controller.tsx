import { Body, Get, Injectable, Post, Query } from '@nestjs/common';
import { AccountMailsService } from '#auth';
import { IsEmailAddress, IsNotBlank, IsText } from '#json-api';
import { LimitedByClient } from '#platform';
import { FormReader } from '../form-reader.service.js';
import { PageForm } from '../forms.js';
import type { Page, PageAnswer } from '../page.js';
import { CurrentPageContext, type PageContext } from '../session/page-context.js';
import { ForPageAccess } from '../session/page-session.guard.js';
import { ErrorSummary, Field, type Problems } from '../views/form.js';
import { MailSent, SignInLink } from './mail-sent.view.js';

class ForgottenPassword {
  @IsNotBlank()
  @IsText()
  @IsEmailAddress()
  email!: string;
}

/** Mails a key for a new password; the answer does not tell whether the address is known. */
@Injectable()
export abstract class ForgottenPasswordController {
  constructor(
    private readonly mails: AccountMailsService,
    private readonly forms: FormReader,
  ) {}

  @Get()
  @ForPageAccess('everybody')
  show(@CurrentPageContext() context: PageContext, @Query() query: object): Page {
    if (!('sent' in query)) return page(context, '');
    const { texts, area } = context;
    const { sentTitle, sent } = texts.account.forgotten;
    return { title: sentTitle, body: <MailSent texts={texts} title={sentTitle} lines={[sent]} base={area.base} /> };
  }

  @Post()
  @ForPageAccess('everybody')
  @LimitedByClient('forgotten-password')
  async request(@Body() form: PageForm, @CurrentPageContext() context: PageContext): Promise<PageAnswer> {
    const email = form.text('email').trim();
    const { attributes, problems } = await this.forms.read(ForgottenPassword, { email }, context.texts);
    if (Object.keys(problems).length > 0) return { ...page(context, email, problems), status: 422 };
    await this.mails.requestRestoreKey(context.area.kind, attributes.email);
    return { location: `${context.path}?sent` };
  }
}

function page({ texts, path, area }: PageContext, email: string, problems: Problems = {}): Page {
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
      <SignInLink texts={texts} base={area.base} />
    </>
  );
  return { title, body };
}
