import { Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, type Principal } from '#auth';
import { Attributes, Collection, JsonApiController, OptionalDocumentType, parseInclude, Resource } from '#json-api';
import { parseAssignmentList } from './assignment-list.js';
import { assignmentResource } from './assignment.resource.js';
import { CreateAssignmentAttributes } from './create-assignment.attributes.js';
import { reachOf } from './reach.js';
import { UpdateAssignmentAttributes } from './update-assignment.attributes.js';
import {
  DocumentCreate,
  DocumentDelete,
  DocumentGet,
  DocumentList,
  DocumentUpdate,
} from './warehouse-user-assignments.documentation.js';
import { WarehouseUserAssignmentsService } from './warehouse-user-assignments.service.js';

/** Who works in which warehouse (contract: resources, section 2.7). */
@ApiTags('warehouse user assignments')
@JsonApiController('warehouse-user-assignments')
export class WarehouseUserAssignmentsController {
  constructor(private readonly service: WarehouseUserAssignmentsService) {}

  @Get()
  @DocumentList()
  async list(@Query() query: Record<string, unknown>, @CurrentPrincipal() principal: Principal): Promise<Collection> {
    const list = parseAssignmentList(query);
    const { assignments, total } = await this.service.list(list, reachOf(principal));
    const { offset, limit } = list.page;
    const include = parseInclude(query);
    return new Collection(
      assignments.map((assignment) => assignmentResource(assignment, include)),
      limit !== undefined && total !== undefined ? { page: { offset, limit, total } } : {},
    );
  }

  @Get(':id')
  @DocumentGet()
  async get(
    @Param('id') uuid: string,
    @Query() query: Record<string, unknown>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Resource> {
    const assignment = await this.service.get(uuid, reachOf(principal));
    return new Resource(assignmentResource(assignment, parseInclude(query)));
  }

  @Post()
  @DocumentCreate()
  async create(
    @Attributes() attributes: CreateAssignmentAttributes,
    @Query() query: Record<string, unknown>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Resource> {
    const assignment = await this.service.create(attributes, reachOf(principal));
    return new Resource(assignmentResource(assignment, parseInclude(query)));
  }

  @Patch(['', ':id'])
  @OptionalDocumentType()
  @DocumentUpdate()
  async update(
    @Param('id') uuid: string,
    @Attributes() attributes: UpdateAssignmentAttributes,
    @Query() query: Record<string, unknown>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Resource> {
    const assignment = await this.service.update(uuid, attributes, reachOf(principal));
    return new Resource(assignmentResource(assignment, parseInclude(query)));
  }

  @Delete(['', ':id'])
  @HttpCode(204)
  @DocumentDelete()
  async delete(@Param('id') uuid: string, @CurrentPrincipal() principal: Principal): Promise<void> {
    await this.service.delete(uuid, reachOf(principal));
  }
}
