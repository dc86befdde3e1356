import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { parseBoundedPage, violation } from '#json-api';
import { MfaService } from '#mfa';
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
  type ProtectedAction,
  type SessionContext,
} from '#pages';
import { CreatePolicyDto } from '../../mfa-policies/dto/create-policy.dto.js';
import { UpdatePolicyDto } from '../../mfa-policies/dto/update-policy.dto.js';
import { MfaPoliciesController } from '../../mfa-policies/mfa-policies.controller.js';
import { MfaPoliciesService } from '../../mfa-policies/mfa-policies.service.js';
import { PolicyImpactService } from '../../mfa-policies/policy-impact.service.js';
import { apiQuery, type PageQuery } from './list-query.js';
import { BackOfficePages, ForCallersOf } from './page-access.js';
import { PolicyDeletion, PolicyForm, PolicyList } from './policies.view.js';
import { fieldsOfPolicy, fieldsOfPolicyForm, NEW_POLICY, policyAttributes, type PolicyFields } from './policy-form.js';
import { changesIn } from './user-form.js';

const PATH = '/back-office/policies';
/** What happened before a list is shown: words of the query. */
const EVENTS = ['created', 'saved', 'deleted'];

/** Administrators say who must have a second factor, and see whom each policy would refuse. */
@BackOfficePages('policies')
export class PoliciesPagesController {
  constructor(
    private readonly policies: MfaPoliciesService,
    private readonly impact: PolicyImpactService,
    private readonly mfa: MfaService,
    private readonly forms: FormReader,
    private readonly stepUp: StepUpForms,
  ) {}

  @Get()
  @ForCallersOf(MfaPoliciesController, 'list')
  async list(@CurrentSession() { texts }: SessionContext, @Query() query: PageQuery): Promise<Page> {
    const page = parseBoundedPage(apiQuery('mfa-policies', {}, query));
    const { policies, total } = await this.policies.list(page);
    const refused = await this.impact.lastCounts(policies);
    const listed = policies.map((policy, index) => ({
      policy,
      refused: refused[index] ?? { last: undefined, hasFailed: false },
    }));
    const event = EVENTS.find((name) => name in query);
    const body = <PolicyList texts={texts} policies={listed} page={{ ...page, total }} event={event} />;
    return { title: texts.backOffice.policies.title, body };
  }

  @Get('new')
  @ForCallersOf(MfaPoliciesController, 'create')
  blank(@CurrentSession() context: SessionContext): Page {
    return this.formPage(context, { fields: NEW_POLICY });
  }

  @Post('new')
  @ForCallersOf(MfaPoliciesController, 'create')
  async create(@Body() form: PageForm, @CurrentSession() context: SessionContext): Promise<PageAnswer> {
    const fields = fieldsOfPolicyForm(form);
    const { attributes, problems } = await this.forms.read(CreatePolicyDto, policyAttributes(fields), context.texts);
    if (Object.keys(problems).length > 0)
      return { ...this.formPage(context, { fields, problems: renamed(problems, fields) }), status: 422 };
    try {
      this.policies.check(attributes);
      const question = await this.stepUp.require(context, form, protectedAs('create'));
      if (question) return question;
      await this.policies.create(attributes, context.caller);
    } catch (error) {
      const { problems: refused, ...head } = explain(error, refusals(context));
      return { ...this.formPage(context, { fields, problems: renamed(refused, fields) }), ...head };
    }
    return { location: `${PATH}?created` };
  }

  @Get(':id')
  @ForCallersOf(MfaPoliciesController, 'get')
  async edit(@Param('id') uuid: string, @CurrentSession() context: SessionContext): Promise<Page> {
    const fields = fieldsOfPolicy(await this.policies.get(uuid));
    return this.formPage(context, { uuid, fields, was: JSON.stringify(policyAttributes(fields)) });
  }

  @Post(':id')
  @ForCallersOf(MfaPoliciesController, 'update')
  async update(
    @Param('id') uuid: string,
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
  ): Promise<PageAnswer> {
    const fields = fieldsOfPolicyForm(form);
    const shown = { uuid, fields, was: form.text('was') };
    const plain = changesIn(form, policyAttributes(fields));
    const { attributes, problems } = await this.forms.read(UpdatePolicyDto, plain, context.texts);
    if (Object.keys(problems).length > 0)
      return { ...this.formPage(context, { ...shown, problems: renamed(problems, fields) }), status: 422 };
    try {
      await this.policies.checkChanges(uuid, attributes);
      const question = await this.stepUp.require(context, form, protectedAs('update'));
      if (question) return question;
      await this.policies.update(uuid, attributes, context.caller);
    } catch (error) {
      const { problems: refused, ...head } = explain(error, refusals(context));
      return { ...this.formPage(context, { ...shown, problems: renamed(refused, fields) }), ...head };
    }
    return { location: `${PATH}?saved` };
  }

  @Get(':id/delete')
  @ForCallersOf(MfaPoliciesController, 'delete')
  async askDeletion(@Param('id') uuid: string, @CurrentSession() { texts, path }: SessionContext): Promise<Page> {
    const policy = await this.policies.get(uuid);
    const body = <PolicyDeletion texts={texts} policy={policy} action={path} />;
    return { title: texts.backOffice.policies.delete, body };
  }

  @Post(':id/delete')
  @ForCallersOf(MfaPoliciesController, 'delete')
  async delete(
    @Param('id') uuid: string,
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
  ): Promise<PageAnswer> {
    await this.policies.get(uuid);
    const question = await this.stepUp.require(context, form, protectedAs('delete'));
    if (question) return question;
    await this.policies.delete(uuid, context.caller);
    return { location: `${PATH}?deleted` };
  }

  private formPage(
    { texts, path }: SessionContext,
    shown: {
      readonly uuid?: string;
      readonly fields: PolicyFields;
      readonly was?: string;
      readonly problems?: Problems;
    },
  ): Page {
    const { uuid, fields, was = '', problems = {} } = shown;
    const [customers, users] = [this.mfa.protectingMethodsFor('customer'), this.mfa.protectingMethodsFor('user')];
    const props = {
      texts,
      action: path,
      uuid,
      fields,
      was,
      problems,
      methods: [...new Set([...customers, ...users, ...fields.methods])],
    };
    const { create, edit } = texts.backOffice.policies;
    return { title: uuid === undefined ? create : edit, body: <PolicyForm {...props} /> };
  }
}

/** Policies decide who needs a second factor: a grant of the session does not stand for the code. */
function protectedAs(handler: 'create' | 'update' | 'delete'): ProtectedAction<MfaPoliciesController> {
  return { route: [MfaPoliciesController, handler], isFresh: true };
}

/** The value of the API has two fields in the form. */
function renamed({ value, ...problems }: Problems, { appliesTo }: PolicyFields): Problems {
  return { ...problems, ...(value && { [appliesTo === 'role' ? 'role' : 'company']: value }) };
}

function refusals({ texts }: SessionContext): readonly KnownRefusal[] {
  const { rules, backOffice } = texts;
  return [
    [violation('value', 'This value should not be blank.'), 'value', rules['notBlank'] ?? rules.other],
    [violation('value', 'The value you selected is not a valid choice.'), 'value', rules['choice'] ?? rules.other],
    [violation('methods', 'One or more of the given values is invalid.'), 'methods', backOffice.policies.notOffered],
  ];
}
