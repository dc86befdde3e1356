import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { parseBoundedPage } from '#json-api';
import {
  CurrentSession,
  explain,
  FormReader,
  PageForm,
  StepUpForms,
  type KnownRefusal,
  type Page,
  type PageAnswer,
  type Problems,
  type SessionContext,
} from '#pages';
import { mayCall } from '../../access/route.decorator.js';
import { parseUserList } from '../../users/user-list.js';
import { UsersService } from '../../users/users.service.js';
import { parseAssignmentList } from '../../warehouse-user-assignments/assignment-list.js';
import { scopeOf } from '../../warehouse-user-assignments/assignment-scope.js';
import { CreateAssignmentDto } from '../../warehouse-user-assignments/dto/create-assignment.dto.js';
import { UpdateAssignmentDto } from '../../warehouse-user-assignments/dto/update-assignment.dto.js';
import { ASSIGNMENT_ERRORS } from '../../warehouse-user-assignments/warehouse-user-assignments.errors.js';
import { WarehouseUserAssignmentsController as Api } from '../../warehouse-user-assignments/warehouse-user-assignments.controller.js';
import { WarehouseUserAssignmentsService } from '../../warehouse-user-assignments/warehouse-user-assignments.service.js';
import { AssignmentForm, AssignmentList, AssignmentPage, type AssignmentFields } from './assignments.view.js';
import { apiQuery, type PageQuery } from './list-query.js';
import { BackOfficePages, ForCallersOf } from './page-access.js';

const PATH = '/back-office/assignments';
const BLANK: AssignmentFields = { username: '', warehouse: '', isActive: true };

/** Which warehouses users work in: all assignments, or for warehouse users their own. */
@BackOfficePages('assignments')
export class AssignmentsPagesController {
  constructor(
    private readonly assignments: WarehouseUserAssignmentsService,
    private readonly users: UsersService,
    private readonly forms: FormReader,
    private readonly stepUp: StepUpForms,
  ) {}

  @Get()
  @ForCallersOf(Api, 'list')
  async list(
    @CurrentSession() { texts, session: { principal } }: SessionContext,
    @Query() query: PageQuery,
  ): Promise<Page> {
    const asked = apiQuery('warehouse-user-assignments', {}, query);
    const list = { ...parseAssignmentList({ sort: '-createdAt' }), page: parseBoundedPage(asked) };
    const { assignments, page } = await this.assignments.list(list, scopeOf(principal));
    const props = {
      ...{ texts, assignments, page: page ?? { ...list.page, total: assignments.length } },
      canCreate: mayCall(principal, Api, 'create'),
      isDeleted: 'deleted' in query,
    };
    return { title: texts.backOffice.assignments.title, body: <AssignmentList {...props} /> };
  }

  @Get('new')
  @ForCallersOf(Api, 'create')
  blank(@CurrentSession() context: SessionContext): Promise<Page> {
    return this.newPage(context, BLANK);
  }

  @Post('new')
  @ForCallersOf(Api, 'create')
  async create(@Body() form: PageForm, @CurrentSession() context: SessionContext): Promise<PageAnswer> {
    const { texts, session } = context;
    const fields = fieldsOf(form);
    const plain = {
      userUuid: await this.uuidOf(fields.username),
      warehouse: { uuid: fields.warehouse },
      isActive: fields.isActive,
    };
    const { attributes, problems } = await this.forms.read(CreateAssignmentDto, plain, texts);
    const wrong = renamed(problems);
    if (Object.keys(wrong).length > 0) return { ...(await this.newPage(context, fields, wrong)), status: 422 };
    try {
      await this.assignments.check(attributes, scopeOf(session.principal));
      const question = await this.stepUp.require(context, form, { route: [Api, 'create'] });
      if (question) return question;
      const { uuid } = await this.assignments.create(attributes, scopeOf(session.principal));
      return { location: `${PATH}/${uuid}?created` };
    } catch (error) {
      const { problems: refused, ...head } = explain(error, refusals(context));
      return { ...(await this.newPage(context, fields, refused)), ...head };
    }
  }

  @Get(':id')
  @ForCallersOf(Api, 'get')
  show(@Param('id') uuid: string, @CurrentSession() context: SessionContext, @Query() query: PageQuery): Promise<Page> {
    return this.assignmentPage(uuid, context, { isSaved: ['saved', 'created'].some((name) => name in query) });
  }

  /** Activates or deactivates an assignment. */
  @Post(':id')
  @ForCallersOf(Api, 'update')
  async change(
    @Param('id') uuid: string,
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
  ): Promise<PageAnswer> {
    const plain = { isActive: form.text('isActive') };
    const { attributes, problems } = await this.forms.read(UpdateAssignmentDto, plain, context.texts);
    if (Object.keys(problems).length > 0)
      return { ...(await this.assignmentPage(uuid, context, { problems })), status: 422 };
    await this.assignments.get(uuid, scopeOf(context.session.principal));
    const question = await this.stepUp.require(context, form, { route: [Api, 'update'] });
    if (question) return question;
    try {
      await this.assignments.update(uuid, attributes, scopeOf(context.session.principal));
    } catch (error) {
      const { problems: refused, ...head } = explain(error, refusals(context));
      return { ...(await this.assignmentPage(uuid, context, { problems: refused })), ...head };
    }
    return { location: `${PATH}/${encodeURIComponent(uuid)}?saved` };
  }

  @Get(':id/delete')
  @ForCallersOf(Api, 'delete')
  askDeletion(@Param('id') uuid: string, @CurrentSession() context: SessionContext): Promise<Page> {
    return this.assignmentPage(uuid, context, { isDeletion: true });
  }

  @Post(':id/delete')
  @ForCallersOf(Api, 'delete')
  async delete(
    @Param('id') uuid: string,
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
  ): Promise<PageAnswer> {
    const scope = scopeOf(context.session.principal);
    await this.assignments.get(uuid, scope);
    const question = await this.stepUp.require(context, form, { route: [Api, 'delete'] });
    if (question) return question;
    await this.assignments.delete(uuid, scope);
    return { location: `${PATH}?deleted` };
  }

  /** People know each other by their addresses. For one that nobody has, the service refuses as for any unknown user. */
  private async uuidOf(username: string): Promise<string> {
    if (username === '') return '';
    const { users } = await this.users.list(parseUserList({ 'filter[users.username]': username }));
    return users[0]?.uuid ?? NOBODY;
  }

  private async newPage({ texts }: SessionContext, fields: AssignmentFields, problems: Problems = {}): Promise<Page> {
    const warehouses = await this.assignments.warehouses();
    const props = { texts, fields, problems, warehouses };
    return { title: texts.backOffice.assignments.create, body: <AssignmentForm {...props} /> };
  }

  private async assignmentPage(
    uuid: string,
    { texts, session: { principal } }: SessionContext,
    shown: { readonly problems?: Problems; readonly isSaved?: boolean; readonly isDeletion?: boolean },
  ): Promise<Page> {
    const { problems = {}, isSaved = false, isDeletion = false } = shown;
    const assignment = await this.assignments.get(uuid, scopeOf(principal));
    const props = { texts, assignment, problems, isSaved, isDeletion, canDelete: mayCall(principal, Api, 'delete') };
    return { title: texts.backOffice.assignments.one, body: <AssignmentPage {...props} /> };
  }
}

/** No uuid, so no user has it. */
const NOBODY = 'nobody';

function fieldsOf(form: PageForm): AssignmentFields {
  return {
    username: form.text('username').trim(),
    warehouse: form.text('warehouse'),
    isActive: form.text('isActive') === 'yes',
  };
}

/** The form names the user by the address, and the warehouse by itself. */
function renamed({ userUuid, 'warehouse.uuid': warehouse, ...problems }: Problems): Problems {
  return { ...problems, ...(userUuid && { username: userUuid }), ...(warehouse && { warehouse }) };
}

function refusals({ texts: { backOffice } }: SessionContext): readonly KnownRefusal[] {
  const { unknownUser, unknownWarehouse, exists, gone } = backOffice.assignments;
  return [
    [ASSIGNMENT_ERRORS.userNotFound, 'username', unknownUser],
    [ASSIGNMENT_ERRORS.warehouseNotFound, 'warehouse', unknownWarehouse],
    [ASSIGNMENT_ERRORS.alreadyExists, '', exists],
    [ASSIGNMENT_ERRORS.tooManyActive, '', exists],
    [ASSIGNMENT_ERRORS.gone, '', gone],
  ];
}
