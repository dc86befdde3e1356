import { Controller, Get, HttpCode, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { MigrationState } from '../database/migration-state.js';
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
    private readonly migrations: MigrationState,
    private readonly stopping: Stopping,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The process answers' })
  live(): Health {
    return { status: 'ok' };
  }

  @Get('ready')
  @HttpCode(200)
  @ApiOperation({ summary: 'Not stopping, the database is reachable and has all migrations; 503 if not' })
  async ready(@Res({ passthrough: true }) response: { status(code: number): unknown }): Promise<Health> {
    const reason = await this.reasonNotReady();
    if (!reason) return { status: 'ok' };
    response.status(503);
    return { status: 'unavailable', reason };
  }

  private async reasonNotReady(): Promise<string | undefined> {
    if (this.stopping.isUnderWay) return 'the application is stopping';
    try {
      return (await this.migrations.isCurrent()) ? undefined : 'migrations are pending';
    } catch {
      return 'the database cannot be reached';
    }
  }
}
