import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/** Metadata key of a controller's JSON:API type. */
export const RESOURCE_TYPE = Symbol('RESOURCE_TYPE');

/** Metadata key of a handler whose request document may leave `data.type` out. */
export const OPTIONAL_DOCUMENT_TYPE = Symbol('OPTIONAL_DOCUMENT_TYPE');

/** Accepts a request document without `data.type`; a wrong type is refused all the same. */
export const OptionalDocumentType = (): CustomDecorator<symbol> => SetMetadata(OPTIONAL_DOCUMENT_TYPE, true);
