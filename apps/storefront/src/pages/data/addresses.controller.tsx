import { Body, Get, Param, Post, Query } from '@nestjs/common';
import {
  CurrentSession,
  explain,
  FormReader,
  PageForm,
  PagesController,
  StepUpForms,
  type KnownRefusal,
  type Page,
  type PageAnswer,
  type SessionContext,
} from '#pages';
import { CurrentCustomer, type LoggedInCustomer } from '../../access/shopper.js';
import { AddressesController } from '../../addresses/addresses.controller.js';
import { ADDRESS_ERRORS, tooManyAddresses } from '../../addresses/addresses.errors.js';
import { AddressesRepository } from '../../addresses/addresses.repository.js';
import { AddressesService } from '../../addresses/addresses.service.js';
import { CreateAddressDto } from '../../addresses/dto/create-address.dto.js';
import { CUSTOMER_AREA } from '../storefront-pages.js';
import {
  ADDRESS_FIELDS,
  AddressForm,
  FLAGS,
  OPTIONAL_FIELDS,
  valuesOf,
  type AddressFormProps,
} from './address-form.view.js';
import { AddressDeletion, AddressList } from './addresses.view.js';

const CREATION = { route: [AddressesController, 'create'] } as const;
const UPDATE = { route: [AddressesController, 'update'] } as const;
const DELETION = { route: [AddressesController, 'delete'] } as const;
const LIST = '/account/addresses';

/** A customer's addresses. */
@PagesController(CUSTOMER_AREA, 'addresses')
export class AddressPagesController {
  constructor(
    private readonly service: AddressesService,
    private readonly addresses: AddressesRepository,
    private readonly forms: FormReader,
    private readonly stepUp: StepUpForms,
  ) {}

  @Get()
  async list(
    @CurrentSession() { texts }: SessionContext,
    @CurrentCustomer() customer: LoggedInCustomer,
    @Query() query: object,
  ): Promise<Page> {
    const addresses = await this.addresses.listOf(customer.id);
    const props = { texts, addresses, isSaved: 'saved' in query, isRemoved: 'removed' in query };
    return { title: texts.account.addresses.title, body: <AddressList {...props} /> };
  }

  @Get('new')
  creation(@CurrentSession() context: SessionContext): Page {
    return formPage(context, {});
  }

  @Post('new')
  create(
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
    @CurrentCustomer() customer: LoggedInCustomer,
  ): Promise<PageAnswer> {
    return this.save(form, context, CREATION, (attributes) => this.service.create(attributes, customer));
  }

  @Get(':id')
  async edit(
    @Param('id') id: string,
    @CurrentSession() context: SessionContext,
    @CurrentCustomer() customer: LoggedInCustomer,
  ): Promise<Page> {
    return formPage(context, { values: valuesOf(await this.service.get(id, customer)) });
  }

  @Post(':id')
  async update(
    @Param('id') id: string,
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
    @CurrentCustomer() customer: LoggedInCustomer,
  ): Promise<PageAnswer> {
    const { uuid } = await this.service.get(id, customer);
    return this.save(form, context, UPDATE, (attributes) => this.service.update(uuid, attributes, customer));
  }

  @Get(':id/delete')
  async deletion(
    @Param('id') id: string,
    @CurrentSession() { texts, path }: SessionContext,
    @CurrentCustomer() customer: LoggedInCustomer,
  ): Promise<Page> {
    const address = await this.service.get(id, customer);
    const body = <AddressDeletion texts={texts} address={address} action={path} />;
    return { title: texts.account.addresses.removeTitle, body };
  }

  /** What is gone already, as after a second press of the button, is deleted. */
  @Post(':id/delete')
  async delete(
    @Param('id') id: string,
    @Body() form: PageForm,
    @CurrentSession() context: SessionContext,
    @CurrentCustomer() customer: LoggedInCustomer,
  ): Promise<PageAnswer> {
    const question = await this.stepUp.require(context, form, DELETION);
    if (question) return question;
    try {
      await this.service.delete(id, customer);
    } catch (error) {
      explain(error, [[ADDRESS_ERRORS.notFound, '', '']]);
    }
    return { location: `${LIST}?removed` };
  }

  private async save(
    form: PageForm,
    context: SessionContext,
    action: typeof CREATION | typeof UPDATE,
    write: (attributes: CreateAddressDto) => Promise<unknown>,
  ): Promise<PageAnswer> {
    const shown = (problems: AddressFormProps['problems']): Page =>
      formPage(context, { values: form.plain(...ADDRESS_FIELDS), problems });
    const { attributes, problems } = await this.forms.read(CreateAddressDto, attributesOf(form), context.texts);
    if (Object.keys(problems).length > 0) return { ...shown(problems), status: 422 };
    try {
      this.service.check(attributes);
      const question = await this.stepUp.require(context, form, action);
      if (question) return question;
      await write(attributes);
    } catch (error) {
      const { problems: refused, ...head } = explain(error, refusals(context));
      return { ...shown(refused), ...head };
    }
    return { location: `${LIST}?saved` };
  }
}

function attributesOf(form: PageForm): object {
  const optional = OPTIONAL_FIELDS.map((name) => [name, form.text(name) || null] as const);
  const flags = FLAGS.map((name) => [name, form.text(name) === 'yes'] as const);
  return { ...form.plain(...ADDRESS_FIELDS), ...Object.fromEntries([...optional, ...flags]) };
}

function formPage({ texts, path }: SessionContext, shown: Pick<AddressFormProps, 'values' | 'problems'>): Page {
  const isNew = path === `${LIST}/new`;
  const title = isNew ? texts.account.addresses.addTitle : texts.account.addresses.editTitle;
  return { title, body: <AddressForm texts={texts} title={title} action={path} list={LIST} {...shown} /> };
}

function refusals({ texts }: SessionContext): readonly KnownRefusal[] {
  const { unknownCountry, tooMany } = texts.account.addresses;
  return [
    [ADDRESS_ERRORS.notSaved, 'iso2Code', unknownCountry],
    [tooManyAddresses(0), '', tooMany],
  ];
}
