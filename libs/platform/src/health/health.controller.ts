import { Controller, Get, HttpCode, Optional, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DatabaseReadiness } from '../database/database-readiness.js';
import { Stopping } from '../http/stopping.js';
import { Public } from '../http/public.decorator.js';
import { HealthDetails } from './health-details.js';

interface Health {
  readonly status: 'ok' | 'unavailable';
  readonly reason?: string;
  readonly details?: object;
}

/** For load balancers and orchestrators: alive, and ready to serve. */
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
  @ApiOperation({ summary: 'The process answers' })
  live(): Health {
    return { status: 'ok' };
  }

  @Get('ready')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Not stopping, the database can be written and has all migrations; 503 with the reason if not',
  })
  async ready(@Res({ passthrough: true }) response: { status(code: number): unknown }): Promise<Health> {
    const reason = this.stopping.isUnderWay ? 'the application is stopping' : await this.database.reasonNotReady();
    if (!reason) return { status: 'ok', ...(await this.details()) };
    response.status(503);
    return { status: 'unavailable', reason };
  }

  private async details(): Promise<Pick<Health, 'details'>> {
    const details = await this.more?.details();
    return details ? { details } : {};
  }
}
