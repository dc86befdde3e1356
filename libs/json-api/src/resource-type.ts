import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/** Metadata key of the JSON:API type of a controller, or of one of its handlers. */
export const RESOURCE_TYPE = Symbol('RESOURCE_TYPE');

/** Metadata key of a handler whose request document may leave `data.type` out. */
export const OPTIONAL_DOCUMENT_TYPE = Symbol('OPTIONAL_DOCUMENT_TYPE');

/** Metadata key of a handler of DELETE whose request has a document. */
export const DELETES_WITH_DOCUMENT = Symbol('DELETES_WITH_DOCUMENT');

/** A DELETE whose request says more in a document, which is checked as that of a POST is. */
export const DeletesWithDocument = (): CustomDecorator<symbol> => SetMetadata(DELETES_WITH_DOCUMENT, true);

/** Accepts a request document without `data.type`; a wrong type is refused all the same. */
export const OptionalDocumentType = (): CustomDecorator<symbol> => SetMetadata(OPTIONAL_DOCUMENT_TYPE, true);

/** The JSON:API type that a controller, or one of its handlers, serves. */
export const ResourceType = (type: string): CustomDecorator<symbol> => SetMetadata(RESOURCE_TYPE, type);
