import { applyDecorators, Controller, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '#platform';
import { PageInterceptor } from './page.interceptor.js';
import { PageSessionGuard } from './session/page-session.guard.js';

/** A controller of pages: its handlers answer with a `PageAnswer`, and are for those who are signed in unless they say otherwise. */
export const PagesController = (path: string): ClassDecorator =>
  applyDecorators(
    Controller(path),
    ApiExcludeController(),
    Public(), // no token, but a cookie
    UseGuards(PageSessionGuard),
    UseInterceptors(PageInterceptor),
  );
