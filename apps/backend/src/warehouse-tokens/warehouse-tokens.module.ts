import { Module } from '@nestjs/common';
import { WarehouseTokensController } from './warehouse-tokens.controller.js';
import { WarehouseTokensRepository } from './warehouse-tokens.repository.js';

@Module({ controllers: [WarehouseTokensController], providers: [WarehouseTokensRepository] })
export class WarehouseTokensModule {}
