import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  allowanceOfGrant,
  IssuesTokens,
  oauthAnswer,
  OAuthErrorDto,
  OAuthFormDto,
  OAuthGrantService,
  OAuthTokensDto,
} from '#auth';
import { negotiateLocale, type JsonApiHttpRequest } from '#json-api';
import type { ClientRequest } from '#platform';
import type { FastifyReply } from 'fastify';
import { Route } from '../access/route.decorator.js';
import { oauthError } from './oauth-error.js';

/** Customers log in with an OAuth form (contract: resources, section 1.4). Responses are plain JSON. */
@ApiTags('tokens')
@Controller('token')
export class TokenController {
  constructor(private readonly grants: OAuthGrantService) {}

  @Post()
  @IssuesTokens()
  @Route({
    access: 'public',
    limited: allowanceOfGrant,
    summary: 'Opens a session with grant_type=password, keeps it with grant_type=refresh_token',
    form: { fields: OAuthFormDto },
    answer: [
      { status: 200, description: 'Access token and refresh token', body: OAuthTokensDto },
      { status: 400, description: 'invalid_grant, invalid_request', body: OAuthErrorDto },
      { status: 429, description: 'access_denied: too many log in attempts', body: OAuthErrorDto },
    ],
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
