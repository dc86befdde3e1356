import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/** Metadata key of routes that need no token. */
export const PUBLIC = Symbol('PUBLIC');

/** Serves a route without a token; one that is sent must still be valid. */
export const Public = (): CustomDecorator<symbol> => SetMetadata(PUBLIC, true);
