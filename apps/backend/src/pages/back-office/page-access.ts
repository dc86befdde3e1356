import { applyDecorators, SetMetadata, UseGuards, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { RequestWithPrincipal } from '#auth';
import { ApiException } from '#json-api';
import { PagesController } from '#pages';
import { mayCall, type ApiRoute } from '../../access/route.decorator.js';
import { BACKEND_ERRORS } from '../../backend-errors.js';
import { BACK_OFFICE_AREA } from './back-office-area.js';

const SAME_CALLERS = Symbol('SAME_CALLERS');

/** The page is for those who may call this route of the API. */
export const ForCallersOf = <Controller extends object>(...route: ApiRoute<Controller>): MethodDecorator =>
  SetMetadata(SAME_CALLERS, route);

/** Refuses whom the API refuses, and everybody where a page does not say for whom it is. */
const pageAccess: CanActivate = {
  canActivate(context: ExecutionContext): boolean {
    const { user } = context.switchToHttp().getRequest<RequestWithPrincipal>();
    const route = Reflect.getMetadata(SAME_CALLERS, context.getHandler()) as ApiRoute | undefined;
    if (!user || !route || !mayCall(user, ...route)) throw new ApiException(BACKEND_ERRORS.forbidden);
    return true;
  },
};

/** Pages of the Back Office. Each handler says by `@ForCallersOf` for whom it is. */
export const BackOfficePages = (path: string): ClassDecorator =>
  applyDecorators(PagesController(BACK_OFFICE_AREA, path), UseGuards(pageAccess));
