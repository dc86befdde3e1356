import { Controller, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, type Principal } from '#auth';
import type { FastifyReply } from 'fastify';
import { Route } from '../access/route.decorator.js';
import { WarehouseTokensDto } from './dto/warehouse-tokens.dto.js';
import { WAREHOUSE_TOKEN_ERRORS } from './warehouse-tokens.errors.js';
import { WarehouseTokensService } from './warehouse-tokens.service.js';

/**
 * Issues tokens that represent the warehouse in which a user works (contract: resources, section 1.8). Responses are
 * plain JSON.
 */
@ApiTags('tokens')
@Controller('warehouse-tokens')
export class WarehouseTokensController {
  constructor(private readonly service: WarehouseTokensService) {}

  @Post()
  @Route({
    access: 'warehouse',
    summary: "Opens a session for the warehouse of the caller's active assignment; it ends with the caller's account",
    answer: { status: 201, description: 'Access token and refresh token', body: [WarehouseTokensDto] },
    bareErrors: Object.values(WAREHOUSE_TOKEN_ERRORS),
  })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object[]> {
    const issued = await this.service.open(principal);
    void reply.headers({ 'content-type': 'application/json' });
    if (!issued) {
      const { forbidden } = WAREHOUSE_TOKEN_ERRORS;
      void reply.code(forbidden.status);
      return [forbidden];
    }
    const { accessToken, refreshToken, expiresIn } = issued;
    void reply.code(201);
    return [{ tokenType: 'Bearer', expiresIn, accessToken, refreshToken }];
  }
}
