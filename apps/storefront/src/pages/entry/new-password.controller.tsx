import { Body, Get, Post } from '@nestjs/common';
import { CurrentOrigin, PASSWORD_ERRORS, PasswordRestoreService, RestorePasswordDto } from '#auth';
import type { Origin } from '#mfa';
import {
  CurrentPageContext,
  ErrorSummary,
  explain,
  ForPageAccess,
  FormReader,
  PageForm,
  PagesController,
  type KnownRefusal,
  type Page,
  type PageAnswer,
  type PageContext,
  type Problems,
} from '#pages';
import { LimitedByClient } from '#platform';
import { NewPasswordFields, newPasswordRefusals } from '../new-password-fields.view.js';
import { CUSTOMER_AREA } from '../storefront-pages.js';
import { KeyField } from './key-field.view.js';

const KEY = 'restorePasswordKey';

/** Sets a new password with the key of a mail. */
@PagesController(CUSTOMER_AREA, 'new-password')
export class NewPasswordController {
  constructor(
    private readonly passwords: PasswordRestoreService,
    private readonly forms: FormReader,
  ) {}

  @Get()
  @ForPageAccess('everybody')
  show(@CurrentPageContext() context: PageContext): Page {
    return this.page(context, '');
  }

  @Post()
  @ForPageAccess('everybody')
  @LimitedByClient('new-password')
  async restore(
    @Body() form: PageForm,
    @CurrentPageContext() context: PageContext,
    @CurrentOrigin() origin: Origin,
  ): Promise<PageAnswer> {
    const { texts, area } = context;
    const plain = form.plain(KEY, 'password', 'confirmPassword');
    const { attributes, problems } = await this.forms.read(RestorePasswordDto, plain, texts);
    if (Object.keys(problems).length > 0) return { ...this.page(context, form.text(KEY), problems), status: 422 };
    try {
      await this.passwords.restore('customer', attributes, origin);
    } catch (error) {
      const known: KnownRefusal[] = [
        [PASSWORD_ERRORS.restoreKeyInvalid, KEY, texts.account.key.invalid],
        ...newPasswordRefusals(texts),
      ];
      const { problems: refused, ...head } = explain(error, known);
      return { ...this.page(context, form.text(KEY), refused), ...head };
    }
    return { location: `${area.base}/sign-in?password` };
  }

  private page({ texts, path }: PageContext, key: string, problems: Problems = {}): Page {
    const { password, newPassword } = texts.account;
    const { title, intro, button } = newPassword;
    const words = { label: password.next, repeat: password.repeat, minLength: this.forms.passwordMinLength };
    const body = (
      <>
        <h1>{title}</h1>
        <ErrorSummary problems={problems} texts={texts} />
        <form class="card" method="post" action={path}>
          <KeyField texts={texts} name={KEY} value={key} problems={problems} />
          <NewPasswordFields texts={texts} problems={problems} name="password" {...words} />
          <p class="hint">{intro}</p>
          <button>{button}</button>
        </form>
      </>
    );
    return { title, body };
  }
}
