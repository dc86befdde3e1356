import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AccountMailsService, assertStrong, hashPassword } from '#auth';
import { ApiException, negotiateLocale, type JsonApiHttpRequest } from '#json-api';
import { Clock } from '#platform';
import { StoresRepository } from '../catalogue/stores.repository.js';
import type { CustomerData } from './customer.resource.js';
import { CUSTOMER_ERRORS } from './customers.errors.js';
import { CustomersRepository } from './customers.repository.js';
import type { CreateCustomerDto } from './dto/create-customer.dto.js';

/** Registers customers. They can log in after they have confirmed their e-mail address. */
@Injectable()
export class RegistrationService {
  private readonly logger = new Logger(RegistrationService.name);

  constructor(
    private readonly customers: CustomersRepository,
    private readonly stores: StoresRepository,
    private readonly mails: AccountMailsService,
    private readonly clock: Clock,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /**
   * Hashes the password before the address is checked, so that both cases take the same time.
   *
   * @throws ApiException 422 / 406, 400 / 421, 400 / 422, 500 / 401 if there is no store, 422 / 400 if the address is
   * in use
   */
  async register(attributes: CreateCustomerDto, request: Pick<JsonApiHttpRequest, 'headers'>): Promise<CustomerData> {
    const { password, confirmPassword, email, salutation, firstName, lastName, gender } = attributes;
    if (password !== confirmPassword) throw new ApiException(CUSTOMER_ERRORS.passwordsDiffer);
    assertStrong(password);
    const { store, locale } = await this.placeOf(request);
    const passwordHash = await hashPassword(password);
    const dateOfBirth = attributes.dateOfBirth || null;
    const person = { email, salutation, firstName, lastName, gender, dateOfBirth };
    const newCustomer = { ...person, store, locale, passwordHash };
    const customer = await this.dataSource.transaction(async (manager) => {
      const registered = await this.customers.register(newCustomer, this.clock.now(), manager);
      if (registered) await this.mails.requestConfirmationKey(manager, registered.id);
      return registered;
    });
    if (!customer) {
      await this.mails.requestRestoreKey('customer', email);
      throw new ApiException(CUSTOMER_ERRORS.emailTaken);
    }
    return customer;
  }

  private async placeOf(request: Pick<JsonApiHttpRequest, 'headers'>): Promise<{ store: string; locale: string }> {
    const store = await this.stores.findDefault();
    const [first, ...others] = store?.locales ?? [];
    if (!store || first === undefined) {
      this.logger.error({ event: 'catalogue.missing', missing: ['store'] });
      throw new ApiException(CUSTOMER_ERRORS.registrationFailed);
    }
    return { store: store.name, locale: negotiateLocale(request, [first, ...others]) };
  }
}
