import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AddressesController } from './addresses.controller.js';
import { AddressesRepository } from './addresses.repository.js';
import { AddressesService } from './addresses.service.js';
import { CustomerAddress } from './customer-address.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([CustomerAddress])],
  controllers: [AddressesController],
  providers: [AddressesRepository, AddressesService],
  exports: [TypeOrmModule, AddressesRepository, AddressesService],
})
export class AddressesModule {}
