import { Post, Req, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AUTH_ERRORS, loginBlocked, LoginLimitGuard, LoginOf, LoginService, TokenService } from '#auth';
import { ApiDocument, ApiException, Attributes, JsonApiController, Resource, type JsonApiHttpRequest } from '#json-api';
import { Public } from '#platform';
import { AccessTokensAttributes } from './access-tokens.attributes.js';

/** Customers log in (contract: resources, section 1.1). */
@ApiTags('tokens')
@JsonApiController('access-tokens')
export class AccessTokensController {
  constructor(
    private readonly logins: LoginService,
    private readonly tokens: TokenService,
  ) {}

  @Public()
  @Post()
  @LoginOf('customer')
  @UseGuards(LoginLimitGuard)
  @ApiDocument('access-tokens', { username: 'ada.kessler@harborsupply.example', password: 'Harbor-Demo-01!' })
  @ApiOperation({ summary: 'Opens a session for a customer' })
  @ApiResponse({ status: 201, description: 'Access token and refresh token' })
  @ApiResponse({ status: 401, description: '003 Failed to authenticate user.' })
  @ApiResponse({ status: 422, description: '901 an attribute is wrong' })
  @ApiResponse({ status: 429, description: '4401 Too many log in attempts' })
  async create(
    @Attributes() { username, password }: AccessTokensAttributes,
    @Req() request: JsonApiHttpRequest & { ip: string },
  ): Promise<Resource> {
    const result = await this.logins.authenticate({ kind: 'customer', username, clientAddress: request.ip }, password);
    if (result.outcome === 'blocked') throw loginBlocked(result.secondsLeft, request);
    const opened = result.outcome === 'authenticated' ? await this.tokens.openSession(result.credentials) : undefined;
    if (!opened) throw new ApiException(AUTH_ERRORS.authenticationFailed);
    const { idCompanyUser, ...tokens } = opened;
    return new Resource({
      type: 'access-tokens',
      id: null,
      attributes: { tokenType: 'Bearer', ...tokens, idCompanyUser },
    });
  }
}
