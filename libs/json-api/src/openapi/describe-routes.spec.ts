import { Get, Patch, Post, type Type } from '@nestjs/common';
import { ApiProperty, DocumentBuilder, PartialType, SwaggerModule } from '@nestjs/swagger';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { Attributes } from '../documents/attributes.decorator.js';
import { JsonApiController } from '../json-api-controller.decorator.js';
import { HasLength, IsChoice, IsFlag, IsNotBlank, IsText, IsWholeNumber } from '../validation/rules.js';
import { IsNested, IsNestedList } from '../validation/nested-rules.js';
import { ApiResource } from './api-resource.decorator.js';
import { ApiRoute } from './api-route.decorator.js';
import { describeRoutes } from './describe-routes.js';
import { documentedClasses, type RouteHandler } from './route-handler.js';

class BerthDto {
  @ApiProperty({ example: 'A4' })
  @IsNotBlank()
  @IsText()
  name!: string;
}

class CreateFerryDto {
  @ApiProperty({ example: 'Fulmar' })
  @IsNotBlank()
  @IsText()
  @HasLength(0, 50)
  name!: string;

  @ApiProperty({ example: 'car' })
  @IsChoice(['car', 'train'])
  kind?: string | null;

  @ApiProperty({ example: true })
  @IsNotBlank()
  @IsFlag()
  isAfloat!: boolean;

  @ApiProperty({ example: 4 })
  @IsNotBlank()
  @IsWholeNumber()
  decks!: number;

  @IsNested(() => BerthDto)
  berth?: BerthDto | null;

  @IsNestedList(() => BerthDto)
  others?: BerthDto[] | null;
}

class UpdateFerryDto extends PartialType(CreateFerryDto, { skipNullProperties: false }) {}

@ApiResource('ports', { id: 'HAM' })
class PortDto {
  @ApiProperty({ example: 'Hamburg' })
  name!: string;
}

@ApiResource('ferries', { id: null, related: { ports: () => PortDto } })
class FerryDto {
  @ApiProperty({ example: 'Fulmar' })
  name!: string;

  @ApiProperty({ type: String, nullable: true, example: null })
  kind!: string | null;
}

@JsonApiController('ferries')
class FerriesController {
  @Get()
  @ApiRoute({
    summary: 'All',
    query: { 'page[offset]': '0' },
    answer: { status: 200, description: 'Ferries', list: FerryDto },
  })
  list(): void {}

  @Post()
  @ApiRoute(
    {
      summary: 'One more',
      answer: { status: 201, description: 'It', resource: FerryDto },
      errors: [{ status: 409, code: '77', detail: 'Sunk.' }],
    },
    [{ security: ['bearer'], headers: { 'X-Tide': 'low' }, errors: [{ status: 403, detail: 'No.' }] }],
  )
  create(@Attributes() _attributes: CreateFerryDto): void {}

  @Patch(':id')
  @ApiRoute({ summary: 'Another' })
  change(@Attributes() _attributes: UpdateFerryDto): void {}
}

describe('describeRoutes', () => {
  let document: any;
  const schema = (name: string): any => document.components.schemas[name];

  beforeAll(async () => {
    const module = await Test.createTestingModule({ controllers: [FerriesController] }).compile();
    const app = module.createNestApplication(new FastifyAdapter());
    const handlers = new Map(
      ['list', 'create', 'change'].map((name): [string, RouteHandler] => [
        name,
        { controller: FerriesController as Type, name },
      ]),
    );
    const known = SwaggerModule.createDocument(app, new DocumentBuilder().setOpenAPIVersion('3.1.0').build(), {
      operationIdFactory: (_, method) => method,
      extraModels: documentedClasses(handlers.values()),
    });
    document = describeRoutes(known, handlers, {
      nullId: 'omit',
      errors: { withMessage: true },
      errorsOfAll: [{ status: 404, detail: 'Not Found' }],
    });
  });

  it('documents attributes by their rules', () => {
    expect(schema('CreateFerryDto')).toEqual({
      type: 'object',
      required: ['name', 'isAfloat', 'decks'],
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 50, example: 'Fulmar' },
        kind: { type: ['string', 'null'], enum: ['car', 'train', null], example: 'car' },
        isAfloat: { type: 'boolean', example: true },
        decks: { type: 'integer', example: 4 },
        berth: { anyOf: [{ $ref: '#/components/schemas/BerthDto' }, { type: 'null' }] },
        others: { type: ['array', 'null'], items: { $ref: '#/components/schemas/BerthDto' } },
      },
    });
  });

  it('documents that all members of a partial class may be absent, and which may be null', () => {
    const { required, properties } = schema('UpdateFerryDto');
    expect(required).toBeUndefined();
    expect(properties.name).toEqual({ type: 'string', minLength: 1, maxLength: 50, example: 'Fulmar' });
    expect(properties.kind.type).toEqual(['string', 'null']);
  });

  it('documents requests, with an example made of the examples of their members', () => {
    const content = document.paths['/ferries'].post.requestBody.content['application/vnd.api+json'];
    expect(content.schema).toEqual({ $ref: '#/components/schemas/CreateFerryRequest' });
    expect(schema('CreateFerryRequest').properties.data).toMatchObject({
      required: ['type', 'attributes'],
      properties: { type: { const: 'ferries' }, attributes: { $ref: '#/components/schemas/CreateFerryDto' } },
    });
    expect(content.example.data).toEqual({
      type: 'ferries',
      attributes: {
        name: 'Fulmar',
        kind: 'car',
        isAfloat: true,
        decks: 4,
        berth: { name: 'A4' },
        others: [{ name: 'A4' }],
      },
    });
  });

  it('documents resources without an id, lists, links and what may be included', () => {
    expect(schema('FerryResource').required).toEqual(['type', 'attributes', 'links']);
    expect(Object.keys(schema('FerryResource').properties)).toEqual(['type', 'attributes', 'links', 'relationships']);
    expect(schema('FerryListDocument').properties).toMatchObject({
      data: { type: 'array', items: { $ref: '#/components/schemas/FerryResource' } },
      links: { $ref: '#/components/schemas/PageLinks' },
      included: { type: 'array', items: { $ref: '#/components/schemas/PortResource' } },
    });
  });

  it('documents each error by a schema of its own, and gives what checks read', () => {
    const { responses, security, parameters } = document.paths['/ferries'].post;
    expect(Object.keys(responses)).toEqual(['201', '400', '403', '409', '422', 'default']);
    expect(responses['409'].content['application/vnd.api+json']).toEqual({
      schema: {
        type: 'object',
        required: ['errors'],
        properties: { errors: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/Error409_77' } } },
      },
      examples: { '77 Sunk.': { value: { errors: [{ status: 409, code: '77', detail: 'Sunk.', message: 'Sunk.' }] } } },
    });
    expect(schema('Error409_77')).toMatchObject({
      required: ['status', 'code', 'detail', 'message'],
      properties: { status: { const: 409 }, code: { const: '77' }, detail: { examples: ['Sunk.'] } },
    });
    expect(schema('Error400').properties.detail.examples).toEqual([
      'Pagination parameters are invalid.',
      'Pagination parameters are invalid. A long list is not shown that far. Please use filters.',
      'Invalid type.',
      'Post data is invalid.',
    ]);
    expect(security).toEqual([{ bearer: [] }]);
    expect(parameters).toEqual([{ $ref: '#/components/parameters/X-Tide' }]);
  });

  it('answers 204 where a route says nothing of its answer', () => {
    expect(Object.keys(document.paths['/ferries/{id}'].patch.responses)).toContain('204');
  });
});
