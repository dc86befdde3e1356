import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { OAuthGrantService, oauthAnswer, tooManyAttempts, type OAuthRefusal, type RefusedGrant } from '#auth';
import { negotiateLocale, type JsonApiHttpRequest } from '#json-api';
import { Public } from '#platform';
import type { FastifyReply } from 'fastify';

/** Back Office, warehouse and merchant users log in (contract: resources, section 1.7); answers are plain JSON. */
@ApiTags('tokens')
@Controller('token')
export class TokenController {
  constructor(private readonly grants: OAuthGrantService) {}

  @Public()
  @Post()
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
  @ApiOperation({ summary: 'grant_type=password or refresh_token' })
  @ApiResponse({ status: 200, description: 'Access token and refresh token' })
  @ApiResponse({ status: 400, description: 'invalid_grant, invalid_request, unsupported_grant_type' })
  @ApiResponse({ status: 429, description: 'access_denied: too many log in attempts' })
  async create(
    @Body() body: unknown,
    @Req() request: JsonApiHttpRequest & { ip: string },
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const result = await this.grants.grant(body, 'user', request.ip);
    const locale = negotiateLocale(request, ['en_US', 'de_DE']);
    return oauthAnswer(reply, result, (refusal) => tokenError(refusal, locale));
  }
}

/** Errors of this endpoint are bare arrays with one entry. */
function tokenError(refusal: OAuthRefusal, locale: string): RefusedGrant {
  const refused = (code: string, message: string, status = 400): RefusedGrant => ({
    status,
    body: [{ status, code, message }],
  });
  switch (refusal.reason) {
    case 'unsupported-grant':
      return refused('unsupported_grant_type', `Grant type "${refusal.grantType}" not found`);
    case 'missing-parameter':
      return refused('invalid_request', 'The request is missing a required parameter.');
    case 'wrong-credentials':
      return refused('invalid_grant', 'The user credentials were incorrect.');
    case 'invalid-refresh-token':
      return refused('invalid_request', 'The refresh token is invalid.');
    case 'blocked':
      return refused('access_denied', tooManyAttempts(refusal.secondsLeft, locale).detail, 429);
  }
}
