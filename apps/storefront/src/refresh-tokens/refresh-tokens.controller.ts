import { Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AUTH_ERRORS, CurrentPrincipal, TokenService, type Principal } from '#auth';
import { ApiDocument, ApiException, Attributes, JsonApiController, Resource } from '#json-api';
import { Public } from '#platform';
import { RefreshTokensAttributes } from './refresh-tokens.attributes.js';

/** Sessions are kept alive and ended (contract: resources, section 1.3). */
@ApiTags('tokens')
@JsonApiController('refresh-tokens')
export class RefreshTokensController {
  constructor(private readonly tokens: TokenService) {}

  @Public()
  @Post()
  @ApiDocument('refresh-tokens', { refreshToken: 'c0ffee' })
  @ApiOperation({ summary: 'Exchanges a refresh token for new tokens of the same session' })
  @ApiResponse({ status: 201, description: 'Access token and refresh token' })
  @ApiResponse({ status: 401, description: '004 Failed to refresh token.' })
  async create(@Attributes() { refreshToken }: RefreshTokensAttributes): Promise<Resource> {
    const refreshed = await this.tokens.refresh(refreshToken);
    if (!refreshed) throw new ApiException(AUTH_ERRORS.refreshFailed);
    const { idCompanyUser, ...tokens } = refreshed;
    return new Resource({
      type: 'refresh-tokens',
      id: null,
      attributes: { tokenType: 'Bearer', ...tokens, idCompanyUser },
    });
  }

  @Delete(['', ':id'])
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Ends the session of a refresh token, or with `mine` all sessions of the caller' })
  @ApiResponse({ status: 204, description: 'Also for an unknown token; a token of another account stays valid' })
  async remove(@Param('id') id: string, @CurrentPrincipal() { account }: Principal): Promise<void> {
    if (!account) return;
    if (id === 'mine') await this.tokens.revokeAll(account);
    else await this.tokens.revoke(id, account);
  }
}
