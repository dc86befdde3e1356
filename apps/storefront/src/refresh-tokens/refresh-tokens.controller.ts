import { Delete, Header, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AUTH_ERRORS, CurrentPrincipal, IssuesTokens, type Principal, TokenService } from '#auth';
import { ApiException, Attributes, GENERIC_ERRORS, JsonApiController, Resource } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { RefreshTokenDto } from '../access-tokens/dto/tokens.dto.js';
import { CreateRefreshTokenDto } from './dto/create-refresh-token.dto.js';

/** Refreshes and ends sessions (contract: resources, section 1.3). */
@ApiTags('tokens')
@JsonApiController('refresh-tokens')
export class RefreshTokensController {
  constructor(private readonly tokens: TokenService) {}

  @Post()
  @IssuesTokens()
  @Header('cache-control', 'no-store')
  @Route({
    access: 'public',
    limited: 'refresh',
    summary: 'Exchanges a refresh token for new tokens of the same session',
    answer: {
      status: 201,
      description: 'New tokens; the old refresh token is worth nothing any more',
      resource: RefreshTokenDto,
    },
    errors: [AUTH_ERRORS.refreshFailed],
  })
  async create(@Attributes() { refreshToken }: CreateRefreshTokenDto): Promise<Resource> {
    const refreshed = await this.tokens.refresh(refreshToken);
    if (!refreshed) throw new ApiException(AUTH_ERRORS.refreshFailed);
    const { idCompanyUser, ...tokens } = refreshed;
    return new Resource({
      type: 'refresh-tokens',
      id: null,
      attributes: { tokenType: 'Bearer', ...tokens, idCompanyUser } satisfies RefreshTokenDto,
    });
  }

  @Delete(['', ':id'])
  @Route({
    access: 'account',
    summary: 'Ends the session of a refresh token, or with `mine` all sessions of the caller',
    errors: [GENERIC_ERRORS.missingId],
  })
  async remove(@Param('id') id: string, @CurrentPrincipal() { account, session }: Principal): Promise<void> {
    if (!account) return;
    const owner = { account, agentId: session?.agent?.id ?? null };
    if (id === 'mine') await this.tokens.revokeAll(owner);
    else await this.tokens.revoke(id.trim(), owner);
  }
}
