import { Controller, Get, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ForBrowsers } from '#platform';
import { CUSTOMER_AREA } from './storefront-pages.js';

/** Where mails of earlier versions lead to. A browser keeps the fragment, with the key, over a redirect. */
@ApiExcludeController()
@ForBrowsers()
@Controller()
export class FormerLinksController {
  @Get('customer-confirmation')
  @Redirect(`${CUSTOMER_AREA.base}/confirm`)
  confirmation(): void {}

  @Get('customer-restore-password')
  @Redirect(`${CUSTOMER_AREA.base}/new-password`)
  newPassword(): void {}
}
