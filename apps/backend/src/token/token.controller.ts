import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { IssuesTokens, oauthAnswer, OAuthGrantService, type OAuthRefusal, type RefusedGrant } from '#auth';
import { negotiateLocale, type BareError, type JsonApiHttpRequest } from '#json-api';
import type { ClientRequest } from '#platform';
import type { FastifyReply } from 'fastify';
import { Route } from '../access/route.decorator.js';
import { blocked, TOKEN_ERRORS, unsupportedGrant } from './token.errors.js';

/** Back Office, warehouse and merchant users log in (contract: resources, section 1.7); answers are plain JSON. */
@ApiTags('tokens')
@Controller('token')
export class TokenController {
  constructor(private readonly grants: OAuthGrantService) {}

  @Post()
  @IssuesTokens()
  @ApiConsumes('application/x-www-form-urlencoded', 'application/json')
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
      example: { grant_type: 'password', username: 'admin@sallyport.example', password: 'Gate-Demo-01!' },
    },
  })
  @Route({
    access: 'public',
    limited: true,
    summary: 'Opens a session with grant_type=password, keeps it with grant_type=refresh_token',
    answer: {
      status: 200,
      description: 'Access token and refresh token',
      body: { token_type: 'Bearer', expires_in: 28_800, access_token: 'eyJhbGciOi…', refresh_token: '9f2c41d0…' },
    },
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

/** Errors of this endpoint are bare arrays with one entry. */
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
