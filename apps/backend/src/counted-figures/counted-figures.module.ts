import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CountedFigure } from './counted-figure.entity.js';
import { CountedFigures } from './counted-figures.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([CountedFigure])],
  providers: [CountedFigures],
  exports: [CountedFigures],
})
export class CountedFiguresModule {}
