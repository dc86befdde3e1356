import { Controller, Get, HttpCode, Optional, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '#json-api';
import { DatabaseReadiness } from '../database/database-readiness.js';
import { Stopping } from '../http/stopping.js';
import { Public } from '../http/public.decorator.js';
import { HealthDto, UnavailableDto } from './dto/health.dto.js';
import { HealthDetails } from './health-details.js';

/** Health checks for load balancers and orchestrators: liveness and readiness. */
@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: DatabaseReadiness,
    private readonly stopping: Stopping,
    @Optional() private readonly more?: HealthDetails,
  ) {}

  @Get()
  @ApiRoute({
    summary: 'The process answers',
    answer: { status: 200, description: 'It does', body: HealthDto },
  })
  live(): HealthDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @HttpCode(200)
  @ApiRoute({
    summary: 'Not stopping, the database can be written and has all migrations; 503 with the reason if not',
    answer: [
      { status: 200, description: 'Ready', body: HealthDto },
      { status: 503, description: 'Not ready', body: UnavailableDto },
    ],
  })
  async ready(
    @Res({ passthrough: true }) response: { status(code: number): unknown },
  ): Promise<HealthDto | UnavailableDto> {
    const reason = this.stopping.isUnderWay ? 'the application is stopping' : await this.database.reasonNotReady();
    if (!reason) return { status: 'ok', ...(await this.details()) };
    response.status(503);
    return { status: 'unavailable', reason };
  }

  private async details(): Promise<Pick<HealthDto, 'details'>> {
    const details = await this.more?.details();
    return details ? { details } : {};
  }
}
