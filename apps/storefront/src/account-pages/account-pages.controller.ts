import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { negotiateLocale, type JsonApiHttpRequest } from '#json-api';
import { Public } from '#platform';
import { confirmationPage, restorePage } from './account-pages.html.js';
import { ACCOUNT_SCRIPT } from './account-pages.script.js';

const HTML = 'text/html; charset=utf-8';

/**
 * The pages that links in mails open. They read the key from the URL's fragment and send it to the API.
 *
 * A fragment stays in the browser: no server or proxy logs the key, and a mail scanner that opens the link does not use
 * it up.
 */
@ApiExcludeController()
@Public()
@Controller()
export class AccountPagesController {
  @Get('customer-confirmation')
  @Header('content-type', HTML)
  confirmation(@Req() request: JsonApiHttpRequest): string {
    return confirmationPage(languageOf(request));
  }

  @Get('customer-restore-password')
  @Header('content-type', HTML)
  restorePassword(@Req() request: JsonApiHttpRequest): string {
    return restorePage(languageOf(request));
  }

  @Get('account-pages.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  script(): string {
    return ACCOUNT_SCRIPT;
  }
}

function languageOf(request: JsonApiHttpRequest): 'en' | 'de' {
  return negotiateLocale(request, ['en_US', 'de_DE']) === 'de_DE' ? 'de' : 'en';
}
