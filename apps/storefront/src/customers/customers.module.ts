import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Customer } from '#auth';
import { AddressesModule } from '../addresses/addresses.module.js';
import { CatalogueModule } from '../catalogue/catalogue.module.js';
import { AnonymisationRepository } from './anonymisation.repository.js';
import { CustomersController } from './customers.controller.js';
import { CustomersRepository } from './customers.repository.js';
import { CustomersService } from './customers.service.js';
import { RegistrationService } from './registration.service.js';

@Module({
  imports: [AddressesModule, CatalogueModule, TypeOrmModule.forFeature([Customer])],
  controllers: [CustomersController],
  providers: [AnonymisationRepository, CustomersRepository, CustomersService, RegistrationService],
  exports: [CustomersService, RegistrationService],
})
export class CustomersModule {}
