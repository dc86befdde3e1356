import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { WarehouseUserAssignmentsController } from './warehouse-user-assignments.controller.js';
import { WarehouseUserAssignmentsRepository } from './warehouse-user-assignments.repository.js';
import { WarehouseUserAssignmentsService } from './warehouse-user-assignments.service.js';
import { WAREHOUSE_ENTITIES } from './warehouse.entities.js';

@Module({
  imports: [TypeOrmModule.forFeature([...WAREHOUSE_ENTITIES])],
  controllers: [WarehouseUserAssignmentsController],
  providers: [WarehouseUserAssignmentsService, WarehouseUserAssignmentsRepository],
  exports: [WarehouseUserAssignmentsService],
})
export class WarehouseUserAssignmentsModule {}
