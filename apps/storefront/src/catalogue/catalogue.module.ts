import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CATALOGUE_ENTITIES } from './catalogue.entities.js';
import { CatalogueStateRepository } from './catalogue-state.repository.js';
import { CatalogueState } from './catalogue-state.js';
import { OffersRepository } from './offers.repository.js';
import { StoresRepository } from './stores.repository.js';

/** The products, stores, shipment methods and payment methods. */
@Module({
  imports: [TypeOrmModule.forFeature([...CATALOGUE_ENTITIES])],
  providers: [OffersRepository, StoresRepository, CatalogueStateRepository, CatalogueState],
  exports: [TypeOrmModule, OffersRepository, StoresRepository, CatalogueState],
})
export class CatalogueModule {}
