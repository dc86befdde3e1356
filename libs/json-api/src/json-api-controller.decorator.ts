import { applyDecorators, Controller, SetMetadata, UseInterceptors } from '@nestjs/common';
import { DocumentInterceptor } from './documents/document.interceptor.js';
import { RESOURCE_TYPE } from './resource-type.js';

/**
 * A controller of one JSON:API resource.
 *
 * Its handlers receive checked documents (`@Attributes()`) and return a `Resource`, a `Collection` or nothing (204).
 * The parameter of the resource's own id is named `id`.
 *
 * @param type the JSON:API type
 * @param path the route, when it is not the type itself (child resources)
 */
export function JsonApiController(type: string, path: string = type): ClassDecorator {
  return applyDecorators(Controller(path), SetMetadata(RESOURCE_TYPE, type), UseInterceptors(DocumentInterceptor));
}
