import { applyDecorators, Controller, SetMetadata, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ForBrowsers } from '#platform';
import { RESOURCE_TYPE } from '#json-api';
import type { PageArea } from './page-area.js';
import { PageInterceptor } from './page.interceptor.js';
import { PAGE_AREA, PageSessionGuard } from './session/page-session.guard.js';

/**
 * A controller of pages: its handlers answer with a `PageAnswer`, and are for those who are signed in unless they say
 * otherwise.
 *
 * @param path below the area's base
 */
export const PagesController = (area: PageArea, path = ''): ClassDecorator =>
  applyDecorators(
    Controller(`${area.base}/${path}`),
    SetMetadata(PAGE_AREA, area),
    SetMetadata(RESOURCE_TYPE, null), // a page is no resource of the API
    ApiExcludeController(),
    ForBrowsers(), // no token, but a cookie
    UseGuards(PageSessionGuard),
    UseInterceptors(PageInterceptor),
  );
