import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module.js';
import { CartReadingRepository } from './cart-reading.repository.js';

@Module({ imports: [CatalogueModule], providers: [CartReadingRepository], exports: [CartReadingRepository] })
export class CartsModule {}
