import { Module } from '@nestjs/common';
import { WarehouseTokensController } from './warehouse-tokens.controller.js';
import { WarehouseTokensRepository } from './warehouse-tokens.repository.js';
import { WarehouseTokensService } from './warehouse-tokens.service.js';

@Module({ controllers: [WarehouseTokensController], providers: [WarehouseTokensRepository, WarehouseTokensService] })
export class WarehouseTokensModule {}
