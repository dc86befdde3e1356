import { applyDecorators, Controller, SetMetadata, UseInterceptors } from '@nestjs/common';
import { DocumentInterceptor } from './documents/document.interceptor.js';
import { RESOURCE_TYPE } from './resource-type.js';

/**
 * A controller of one JSON:API resource.
 *
 * Its handlers get checked documents (`@Attributes()`) and return a `Resource`, a `Collection` or nothing (204). The
 * path parameter with the resource's own id must be named `id`.
 *
 * @param type the JSON:API type
 * @param path the route, if it is not the type itself (child resources)
 */
export function JsonApiController(type: string, path: string = type): ClassDecorator {
  return applyDecorators(Controller(path), SetMetadata(RESOURCE_TYPE, type), UseInterceptors(DocumentInterceptor));
}
