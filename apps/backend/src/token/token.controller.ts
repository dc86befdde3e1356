import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  allowanceOfGrant,
  IssuesTokens,
  oauthAnswer,
  OAuthFormDto,
  OAuthGrantService,
  OAuthTokensDto,
  type OAuthRefusal,
  type RefusedGrant,
} from '#auth';
import { negotiateLocale, type BareError, type JsonApiHttpRequest } from '#json-api';
import type { ClientRequest } from '#platform';
import type { FastifyReply } from 'fastify';
import { Route } from '../access/route.decorator.js';
import { blocked, TOKEN_ERRORS, unsupportedGrant } from './token.errors.js';

/** Back Office, warehouse and merchant users log in (contract: resources, section 1.7). Responses are plain JSON. */
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
    form: { fields: OAuthFormDto, json: true },
    answer: { status: 200, description: 'Access token and refresh token', body: OAuthTokensDto },
    bareErrors: [...Object.values(TOKEN_ERRORS), unsupportedGrant('magic'), blocked(300, 'en_US')],
  })
  async create(
    @Body() body: unknown,
    @Req() request: JsonApiHttpRequest & ClientRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const result = await this.grants.grant(body, 'user', request.client);
    const locale = negotiateLocale(request, ['en_US', 'de_DE']);
    return oauthAnswer(reply, result, (refusal) => refused(refusal, locale));
  }
}

/** This endpoint answers an error as a bare array with one entry. */
function refused(refusal: OAuthRefusal, locale: string): RefusedGrant {
  const error = errorOf(refusal, locale);
  return { status: error.status, body: [error] };
}

function errorOf(refusal: OAuthRefusal, locale: string): BareError {
  switch (refusal.reason) {
    case 'unsupported-grant':
      return unsupportedGrant(refusal.grantType);
    case 'missing-parameter':
      return TOKEN_ERRORS.missingParameter;
    case 'wrong-credentials':
      return TOKEN_ERRORS.wrongCredentials;
    case 'invalid-refresh-token':
      return TOKEN_ERRORS.invalidRefreshToken;
    case 'blocked':
      return blocked(refusal.secondsLeft, locale);
  }
}
