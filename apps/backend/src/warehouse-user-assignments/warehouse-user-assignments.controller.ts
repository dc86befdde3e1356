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
import { parseAssignmentList, SORTABLE } from './assignment-list.js';
import { assignmentResource } from './assignment.resource.js';
import { scopeOf } from './assignment-scope.js';
import { AssignmentDto } from './dto/assignment.dto.js';
import { CreateAssignmentDto } from './dto/create-assignment.dto.js';
import { UpdateAssignmentDto } from './dto/update-assignment.dto.js';
import { ASSIGNMENT_ERRORS } from './warehouse-user-assignments.errors.js';
import { WarehouseUserAssignmentsService } from './warehouse-user-assignments.service.js';

const { notFound, gone, userNotFound, warehouseNotFound, tooManyActive, alreadyExists, forbidden } = ASSIGNMENT_ERRORS;
const ids = { id: '0f8a4f5e-6a53-5a0e-9a70-6f2b1c9f3a11' };
const INCLUDE = { include: 'users' };

/** Assignments of users to warehouses (contract: resources, section 2.7). */
@ApiTags('warehouse user assignments')
@JsonApiController('warehouse-user-assignments')
export class WarehouseUserAssignmentsController {
  constructor(private readonly service: WarehouseUserAssignmentsService) {}

  @Get()
  @Route({
    access: 'warehouse',
    summary: 'Assignments: of all users, or for a warehouse user the own ones',
    query: {
      'filter[warehouse-user-assignments.uuid]': ids.id,
      'filter[warehouse-user-assignments.userUuid]': '7c1e2a90-3f9b-5a4e-8d15-2b7f60c4d1aa',
      'filter[warehouse-user-assignments.isActive]': 'true',
      'filter[warehouse-user-assignments.warehouseUuid]': '51d0c3f2-9a7d-5c68-b1e4-80c2a6f0e7bb',
      'page[offset]': '0',
      'page[limit]': '20',
      sort: SORTABLE.map((field) => (field === 'isActive' ? `-${field}` : field)).join(','),
      ...INCLUDE,
    },
    answer: {
      status: 200,
      description: 'The assignments; with page[limit], or where there are more than 1000, links to the other pages',
      list: AssignmentDto,
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
    ids,
    query: INCLUDE,
    answer: { status: 200, description: 'The assignment', resource: AssignmentDto },
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
    answer: { status: 201, description: 'The new assignment', resource: AssignmentDto },
    errors: [forbidden, notFound, userNotFound, warehouseNotFound, tooManyActive, alreadyExists],
  })
  async create(
    @Attributes() attributes: CreateAssignmentDto,
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
    ids,
    query: INCLUDE,
    answer: { status: 200, description: 'The assignment as it is now', resource: AssignmentDto },
    errors: [
      GENERIC_ERRORS.missingId,
      forbidden,
      notFound,
      gone,
      userNotFound,
      warehouseNotFound,
      tooManyActive,
      alreadyExists,
    ],
  })
  async update(
    @Param('id') uuid: string,
    @Attributes() attributes: UpdateAssignmentDto,
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
    ids,
    errors: [GENERIC_ERRORS.missingId, forbidden, notFound],
  })
  async delete(@Param('id') uuid: string, @CurrentPrincipal() principal: Principal): Promise<void> {
    await this.service.delete(uuid, scopeOf(principal));
  }
}
