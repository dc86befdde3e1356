import { Body, Get, Injectable, Post } from '@nestjs/common';
import { CurrentOrigin, PASSWORD_ERRORS, PasswordRestoreService, RestorePasswordDto } from '#auth';
import type { Origin } from '#mfa';
import { LimitedByClient } from '#platform';
import { explain, FormReader, type KnownRefusal } from '../form-reader.service.js';
import { PageForm } from '../forms.js';
import type { Page, PageAnswer } from '../page.js';
import { CurrentPageContext, type PageContext } from '../session/page-context.js';
import { ForPageAccess } from '../session/page-session.guard.js';
import { ErrorSummary, type Problems } from '../views/form.js';
import { KeyField } from './key-field.view.js';
import { NewPasswordFields, newPasswordRefusals } from './new-password-fields.view.js';

const KEY = 'restorePasswordKey';

/** Sets a new password with the key of a mail. */
@Injectable()
export abstract class NewPasswordController {
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
      await this.passwords.restore(area.kind, attributes, origin);
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
