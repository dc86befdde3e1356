import { Controller, Get, Redirect, SetMetadata } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RESOURCE_TYPE } from '#json-api';
import { ForBrowsers } from '#platform';
import { BACK_OFFICE_AREA } from './back-office/back-office-area.js';

/** Who opens the app itself is led to the Back Office, and mails of earlier versions lead to its page for new passwords. */
@SetMetadata(RESOURCE_TYPE, null)
@ApiExcludeController()
@ForBrowsers()
@Controller()
export class FrontDoorController {
  @Get()
  @Redirect(BACK_OFFICE_AREA.base, 302)
  open(): void {}

  /** A browser keeps the fragment, with the key, over a redirect. */
  @Get('user-restore-password')
  @Redirect(`${BACK_OFFICE_AREA.base}/new-password`)
  newPassword(): void {}
}
