import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CATALOGUE_ENTITIES } from './catalogue.entities.js';
import { StoresRepository } from './stores.repository.js';

/** What is sold, where, and how it is shipped and paid. */
@Module({
  imports: [TypeOrmModule.forFeature([...CATALOGUE_ENTITIES])],
  providers: [StoresRepository],
  exports: [TypeOrmModule, StoresRepository],
})
export class CatalogueModule {}
