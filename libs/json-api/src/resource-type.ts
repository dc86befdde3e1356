import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/** Metadata key of the JSON:API type of a controller, or of one of its handlers. */
export const RESOURCE_TYPE = Symbol('RESOURCE_TYPE');

/** Metadata key of a handler that accepts a request document without `data.type`. */
export const OPTIONAL_DOCUMENT_TYPE = Symbol('OPTIONAL_DOCUMENT_TYPE');

/** Metadata key of a DELETE handler whose request has a document. */
export const DELETES_WITH_DOCUMENT = Symbol('DELETES_WITH_DOCUMENT');

/** A DELETE whose request has a document, which is checked like that of a POST. */
export const DeletesWithDocument = (): CustomDecorator<symbol> => SetMetadata(DELETES_WITH_DOCUMENT, true);

/** Accepts a request document without `data.type`. A wrong type is still refused. */
export const OptionalDocumentType = (): CustomDecorator<symbol> => SetMetadata(OPTIONAL_DOCUMENT_TYPE, true);

/** The JSON:API type of a controller or of one of its handlers. */
export const ResourceType = (type: string): CustomDecorator<symbol> => SetMetadata(RESOURCE_TYPE, type);
