import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { OAuthGrantService, oauthTokens, tooManyAttempts, type OAuthRefusal } from '#auth';
import { negotiateLocale, type JsonApiHttpRequest } from '#json-api';
import { Public } from '#platform';
import type { FastifyReply } from 'fastify';

/** An error of this endpoint: an entry of a bare array. */
interface TokenError {
  readonly status: 400 | 429;
  readonly code: string;
  readonly message: string;
}

/** Back Office, warehouse and merchant users log in (contract: resources, section 1.7); answers are plain JSON. */
@ApiTags('tokens')
@Controller('token')
export class TokenController {
  constructor(private readonly grants: OAuthGrantService) {}

  @Public()
  @Post()
  @ApiConsumes('application/x-www-form-urlencoded', 'application/json')
  @ApiOperation({ summary: 'grant_type=password or refresh_token' })
  @ApiResponse({ status: 200, description: 'Access token and refresh token' })
  @ApiResponse({ status: 400, description: 'invalid_grant, invalid_request, unsupported_grant_type' })
  @ApiResponse({ status: 429, description: 'access_denied: too many log in attempts' })
  async create(
    @Body() body: unknown,
    @Req() request: JsonApiHttpRequest & { ip: string },
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    void reply.code(200).headers({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    const result = await this.grants.grant(body, 'user', request.ip);
    if ('tokens' in result) return oauthTokens(result.tokens);
    const { refusal } = result;
    const error = tokenError(refusal, negotiateLocale(request, ['en_US', 'de_DE']));
    if (refusal.reason === 'blocked') void reply.header('retry-after', String(refusal.secondsLeft));
    void reply.code(error.status);
    return [error];
  }
}

function tokenError(refusal: OAuthRefusal, locale: string): TokenError {
  const invalid = (code: string, message: string): TokenError => ({ status: 400, code, message });
  switch (refusal.reason) {
    case 'unsupported-grant':
      return invalid('unsupported_grant_type', `Grant type "${refusal.grantType}" not found`);
    case 'missing-parameter':
      return invalid('invalid_request', 'The request is missing a required parameter.');
    case 'wrong-credentials':
      return invalid('invalid_grant', 'The user credentials were incorrect.');
    case 'invalid-refresh-token':
      return invalid('invalid_request', 'The refresh token is invalid.');
    case 'blocked':
      return { status: 429, code: 'access_denied', message: tooManyAttempts(refusal.secondsLeft, locale).detail };
  }
}
