import { Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, type Principal } from '#auth';
import {
  Attributes,
  Collection,
  GENERIC_ERRORS,
  JsonApiController,
  OptionalDocumentType,
  parseInclude,
  Resource,
} from '#json-api';
import { Route } from '../access/route.decorator.js';
import { parseAssignmentList } from './assignment-list.js';
import { assignmentResource } from './assignment.resource.js';
import { ASSIGNMENT_EXAMPLE, LIST_EXAMPLE, NEW_ASSIGNMENT_EXAMPLE } from './assignments-example.js';
import { CreateAssignmentAttributes } from './create-assignment.attributes.js';
import { scopeOf } from './assignment-scope.js';
import { UpdateAssignmentAttributes } from './update-assignment.attributes.js';
import { ASSIGNMENT_ERRORS } from './warehouse-user-assignments.errors.js';
import { WarehouseUserAssignmentsService } from './warehouse-user-assignments.service.js';

const { notFound, gone, userNotFound, warehouseNotFound, alreadyExists, forbidden } = ASSIGNMENT_ERRORS;
const ID = { id: ASSIGNMENT_EXAMPLE.id };
const INCLUDE = { include: 'users' };
const type = ASSIGNMENT_EXAMPLE.type;

/** Who works in which warehouse (contract: resources, section 2.7). */
@ApiTags('warehouse user assignments')
@JsonApiController('warehouse-user-assignments')
export class WarehouseUserAssignmentsController {
  constructor(private readonly service: WarehouseUserAssignmentsService) {}

  @Get()
  @Route({
    access: 'warehouse',
    summary: 'Assignments: of all users, or for a warehouse user the own ones',
    query: LIST_EXAMPLE,
    answer: {
      status: 200,
      description: 'The assignments; with page[limit], or where there are more than 1000, links to the other pages',
      data: [ASSIGNMENT_EXAMPLE],
    },
    errors: [forbidden],
  })
  async list(@Query() query: Record<string, unknown>, @CurrentPrincipal() principal: Principal): Promise<Collection> {
    const list = parseAssignmentList(query);
    const { assignments, page } = await this.service.list(list, scopeOf(principal));
    const include = parseInclude(query);
    return new Collection(
      assignments.map((assignment) => assignmentResource(assignment, include)),
      page ? { page } : {},
    );
  }

  @Get(':id')
  @Route({
    access: 'warehouse',
    summary: 'One assignment',
    ids: ID,
    query: INCLUDE,
    answer: { status: 200, description: 'The assignment', data: ASSIGNMENT_EXAMPLE },
    errors: [forbidden, notFound],
  })
  async get(
    @Param('id') uuid: string,
    @Query() query: Record<string, unknown>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Resource> {
    const assignment = await this.service.get(uuid, scopeOf(principal));
    return new Resource(assignmentResource(assignment, parseInclude(query)));
  }

  @Post()
  @Route({
    access: 'back-office',
    mfa: 'by-default',
    summary: 'Assigns a warehouse user to a warehouse; an active assignment deactivates the other ones of the user',
    query: INCLUDE,
    request: { type, attributes: NEW_ASSIGNMENT_EXAMPLE },
    answer: { status: 201, description: 'The new assignment', data: ASSIGNMENT_EXAMPLE },
    errors: [forbidden, notFound, userNotFound, warehouseNotFound, alreadyExists],
  })
  async create(
    @Attributes() attributes: CreateAssignmentAttributes,
    @Query() query: Record<string, unknown>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Resource> {
    const assignment = await this.service.create(attributes, scopeOf(principal));
    return new Resource(assignmentResource(assignment, parseInclude(query)));
  }

  @Patch(['', ':id'])
  @OptionalDocumentType()
  @Route({
    access: 'warehouse',
    mfa: 'by-default',
    summary: 'Changes an assignment; to activate it deactivates the other ones of the user',
    ids: ID,
    query: INCLUDE,
    request: { type, attributes: { isActive: true } },
    answer: { status: 200, description: 'The assignment as it is now', data: ASSIGNMENT_EXAMPLE },
    errors: [GENERIC_ERRORS.missingId, forbidden, notFound, gone, userNotFound, warehouseNotFound, alreadyExists],
  })
  async update(
    @Param('id') uuid: string,
    @Attributes() attributes: UpdateAssignmentAttributes,
    @Query() query: Record<string, unknown>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Resource> {
    const assignment = await this.service.update(uuid, attributes, scopeOf(principal));
    return new Resource(assignmentResource(assignment, parseInclude(query)));
  }

  @Delete(['', ':id'])
  @Route({
    access: 'back-office',
    mfa: 'by-default',
    summary: 'Deletes an assignment',
    ids: ID,
    errors: [GENERIC_ERRORS.missingId, forbidden, notFound],
  })
  async delete(@Param('id') uuid: string, @CurrentPrincipal() principal: Principal): Promise<void> {
    await this.service.delete(uuid, scopeOf(principal));
  }
}
