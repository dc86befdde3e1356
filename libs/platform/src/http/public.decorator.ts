import { applyDecorators, SetMetadata, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';

/** Metadata key of routes that need no token. */
export const PUBLIC = Symbol('PUBLIC');

/** A route that needs no token. If a token is sent, it must still be valid. */
export const Public = (): CustomDecorator<symbol> => SetMetadata(PUBLIC, true);

const FOR_BROWSERS = Symbol('FOR_BROWSERS');

/**
 * A route that people open with a browser. Headers with tokens are ignored: where a proxy asks for a password, browsers
 * send an `Authorization` of that proxy.
 */
export const ForBrowsers = (): ClassDecorator => applyDecorators(Public(), SetMetadata(FOR_BROWSERS, true));

export function isForBrowsers(reflector: Reflector, context: ExecutionContext): boolean {
  return reflector.get<boolean | undefined>(FOR_BROWSERS, context.getClass()) ?? false;
}
