import { Controller, Get, HttpCode, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DatabaseReadiness } from '../database/database-readiness.js';
import { Stopping } from '../http/stopping.js';
import { Public } from '../http/public.decorator.js';

interface Health {
  readonly status: 'ok' | 'unavailable';
  readonly reason?: string;
}

/** For load balancers and orchestrators: alive, and ready to serve. */
@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: DatabaseReadiness,
    private readonly stopping: Stopping,
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
    if (!reason) return { status: 'ok' };
    response.status(503);
    return { status: 'unavailable', reason };
  }
}
