import { ApiBody } from '@nestjs/swagger';

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
  return ApiBody({ schema });
}
