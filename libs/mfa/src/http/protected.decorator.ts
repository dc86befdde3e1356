import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/** Metadata key of controllers and handlers whose writes always need a second factor. */
export const PROTECTED = Symbol('PROTECTED');

/** Protects the writes of a controller, or one handler, whatever the configured list says. */
export const Protected = (): CustomDecorator<symbol> => SetMetadata(PROTECTED, true);
