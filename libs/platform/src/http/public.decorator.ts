import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/** Metadata key of routes that need no token. */
export const PUBLIC = Symbol('PUBLIC');

/** A route that needs no token. If a token is sent, it must still be valid. */
export const Public = (): CustomDecorator<symbol> => SetMetadata(PUBLIC, true);
