import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { SORTABLE } from './assignment-list.js';

const TYPE = 'warehouse-user-assignments';
const ID = '0f8a4f5e-6a53-5a0e-9a70-6f2b1c9f3a11';
const USER = '7c1e2a90-3f9b-5a4e-8d15-2b7f60c4d1aa';
const WAREHOUSE = '51d0c3f2-9a7d-5c68-b1e4-80c2a6f0e7bb';

const RESOURCE = {
  type: TYPE,
  id: ID,
  attributes: {
    userUuid: USER,
    isActive: true,
    warehouse: { uuid: WAREHOUSE, name: 'Hamburg Quay 4', isActive: true },
  },
  links: { self: `https://backend.example.com/${TYPE}/${ID}` },
};

const documentOf = (attributes: object): object => ({ data: { type: TYPE, attributes } });

const answer = (status: number, description: string, data: object): MethodDecorator =>
  ApiResponse({
    status,
    description,
    content: { 'application/vnd.api+json': { schema: { type: 'object' }, example: { data } } },
  });

const NOT_FOUND = ApiResponse({ status: 404, description: '5201 Warehouse user assignment not found.' });
const ID_PARAMETER = ApiParam({ name: 'id', description: 'UUID of the assignment', example: ID });
const INCLUDE = ApiQuery({ name: 'include', required: false, example: 'users' });

/** What all routes have in common. */
const route = (summary: string): MethodDecorator =>
  applyDecorators(
    ApiBearerAuth(),
    ApiOperation({ summary }),
    ApiResponse({
      status: 401,
      description: 'Unauthorized request. · 001 Invalid access token. · 002 Missing access token.',
    }),
  );

const WITH_CODE = applyDecorators(
  ApiHeader({ name: 'X-MFA-Code', required: false, example: '123456' }),
  ApiResponse({
    status: 403,
    description: '5900, 5901 second factor · 5204 Operation is forbidden. · Forbidden. (scope)',
  }),
  ApiResponse({ status: 429, description: '5911 MFA is locked' }),
);

const FORBIDDEN = ApiResponse({ status: 403, description: '5204 Operation is forbidden. · Forbidden. (scope)' });
const UNPROCESSABLE = ApiResponse({ status: 422, description: '901 an attribute is wrong' });
const REFUSALS = '5202 User not found. · 5203 Warehouse not found. · 5206 Warehouse user assignment already exists.';

const filter = (property: string, example: string): MethodDecorator =>
  ApiQuery({ name: `filter[${TYPE}.${property}]`, required: false, schema: { type: 'string', example } });

/** Documentation of the routes in OpenAPI. */
export const DocumentList = (): MethodDecorator =>
  applyDecorators(
    route('Assignments: of all users, or for a warehouse user the own ones'),
    filter('uuid', ID),
    filter('userUuid', USER),
    filter('isActive', 'true'),
    filter('warehouseUuid', WAREHOUSE),
    ApiQuery({ name: 'page[offset]', required: false, schema: { type: 'integer', example: 0 } }),
    ApiQuery({ name: 'page[limit]', required: false, schema: { type: 'integer', example: 20 } }),
    ApiQuery({ name: 'sort', required: false, example: '-isActive,userUuid', description: SORTABLE.join(', ') }),
    INCLUDE,
    answer(200, 'The assignments; with page[limit] links to the other pages', [RESOURCE]),
    ApiResponse({ status: 400, description: '011 unsupported filter · Pagination parameters are invalid.' }),
    FORBIDDEN,
  );

export const DocumentGet = (): MethodDecorator =>
  applyDecorators(
    route('One assignment'),
    ID_PARAMETER,
    INCLUDE,
    answer(200, 'The assignment', RESOURCE),
    FORBIDDEN,
    NOT_FOUND,
  );

export const DocumentCreate = (): MethodDecorator =>
  applyDecorators(
    route('Assigns a warehouse user to a warehouse; an active assignment deactivates the other ones of the user'),
    WITH_CODE,
    ApiBody({ schema: { example: documentOf({ userUuid: USER, warehouse: { uuid: WAREHOUSE }, isActive: false }) } }),
    answer(201, 'The new assignment', RESOURCE),
    ApiResponse({ status: 400, description: `Post data is invalid. · Invalid type. · ${REFUSALS}` }),
    NOT_FOUND,
    UNPROCESSABLE,
  );

export const DocumentUpdate = (): MethodDecorator =>
  applyDecorators(
    route('Changes an assignment; to activate it deactivates the other ones of the user'),
    ID_PARAMETER,
    WITH_CODE,
    ApiBody({ schema: { example: documentOf({ isActive: true }) } }),
    answer(200, 'The assignment as it is now', RESOURCE),
    ApiResponse({
      status: 400,
      description: `Resource id is not specified. · Post data is invalid. · Invalid type. · 5201 gone meanwhile · ${REFUSALS}`,
    }),
    NOT_FOUND,
    UNPROCESSABLE,
  );

export const DocumentDelete = (): MethodDecorator =>
  applyDecorators(
    route('Deletes an assignment'),
    ID_PARAMETER,
    WITH_CODE,
    ApiResponse({ status: 204 }),
    ApiResponse({ status: 400, description: 'Resource id is not specified.' }),
    NOT_FOUND,
  );
