import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { JSON_API_MEDIA_TYPE } from '../content-type.js';

/** Documents the request document of a route by an example of its attributes. */
export function ApiDocument(type: string, attributes: object): MethodDecorator {
  const schema = {
    type: 'object',
    required: ['data'],
    properties: {
      data: {
        type: 'object',
        required: ['type', 'attributes'],
        properties: { type: { type: 'string', enum: [type] }, attributes: { type: 'object' } },
      },
    },
    example: { data: { type, attributes } },
  };
  return applyDecorators(ApiConsumes(JSON_API_MEDIA_TYPE, 'application/json'), ApiBody({ schema }));
}
