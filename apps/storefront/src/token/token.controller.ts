import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { IssuesTokens, oauthAnswer, OAuthGrantService } from '#auth';
import { negotiateLocale, type JsonApiHttpRequest } from '#json-api';
import { LimitedByClient, Public, type ClientRequest } from '#platform';
import type { FastifyReply } from 'fastify';
import { oauthError } from './oauth-error.js';

/** Customers log in by the OAuth form (contract: resources, section 1.4); answers are plain JSON. */
@ApiTags('tokens')
@Controller('token')
export class TokenController {
  constructor(private readonly grants: OAuthGrantService) {}

  @Public()
  @LimitedByClient()
  @Post()
  @IssuesTokens()
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['grant_type'],
      properties: {
        grant_type: { type: 'string', enum: ['password', 'refresh_token'] },
        username: { type: 'string' },
        password: { type: 'string' },
        refresh_token: { type: 'string' },
      },
      example: { grant_type: 'password', username: 'ada.kessler@harborsupply.example', password: 'Harbor-Demo-01!' },
    },
  })
  @ApiOperation({ summary: 'grant_type=password or refresh_token' })
  @ApiResponse({ status: 200, description: 'Access token and refresh token' })
  @ApiResponse({ status: 400, description: 'invalid_grant, invalid_request' })
  @ApiResponse({
    status: 429,
    description: 'access_denied: too many log in attempts · Too many requests from your address.',
  })
  async create(
    @Body() body: unknown,
    @Req() request: JsonApiHttpRequest & ClientRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const result = await this.grants.grant(body, 'customer', request.client);
    const locale = negotiateLocale(request, ['en_US', 'de_DE']);
    return oauthAnswer(reply, result, (refusal) => oauthError(refusal, locale));
  }
}
