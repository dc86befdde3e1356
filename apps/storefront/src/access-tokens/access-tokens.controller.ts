import { Header, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AUTH_ERRORS, IssuesTokens, loginBlocked, LoginOf, LoginService, TokenService, tooManyAttempts } from '#auth';
import { ApiException, Attributes, JsonApiController, Resource, type JsonApiHttpRequest } from '#json-api';
import type { ClientRequest } from '#platform';
import { Route } from '../access/route.decorator.js';
import { guestOf } from '../access/shopper.js';
import { CartMergeService } from '../carts/cart-merge.service.js';
import { CreateAccessTokenDto } from './dto/create-access-token.dto.js';
import { AccessTokenDto } from './dto/tokens.dto.js';

/** Customers log in (contract: resources, section 1.1). */
@ApiTags('tokens')
@JsonApiController('access-tokens')
export class AccessTokensController {
  constructor(
    private readonly logins: LoginService,
    private readonly tokens: TokenService,
    private readonly carts: CartMergeService,
  ) {}

  @Post()
  @IssuesTokens()
  @Header('cache-control', 'no-store')
  @LoginOf('customer')
  @Route({
    access: 'public',
    limited: 'sign-in',
    summary: 'Opens a session for a customer; the cart of a guest that is named becomes theirs',
    answer: {
      status: 201,
      description: 'Access token and refresh token',
      resource: AccessTokenDto,
    },
    headers: { 'X-Anonymous-Customer-Unique-Id': '7f3c1b9e' },
    errors: [AUTH_ERRORS.authenticationFailed, AUTH_ERRORS.twoIdentities, tooManyAttempts(300, 'en_US')],
  })
  async create(
    @Attributes() { username, password }: CreateAccessTokenDto,
    @Req() request: JsonApiHttpRequest & ClientRequest,
  ): Promise<Resource> {
    const result = await this.logins.authenticate({ kind: 'customer', username, client: request.client }, password);
    if (result.outcome === 'blocked') throw loginBlocked(result.secondsLeft, request);
    if (result.outcome === 'refused') throw new ApiException(AUTH_ERRORS.authenticationFailed);
    const opened = await this.tokens.openSession(result.credentials);
    if (!opened) throw new ApiException(AUTH_ERRORS.authenticationFailed);
    const guest = guestOf(request);
    if (guest) await this.carts.mergeAfterLogin(guest, result.credentials.id);
    const { idCompanyUser, ...tokens } = opened;
    return new Resource({
      type: 'access-tokens',
      id: null,
      attributes: { tokenType: 'Bearer', ...tokens, idCompanyUser } satisfies AccessTokenDto,
    });
  }
}
