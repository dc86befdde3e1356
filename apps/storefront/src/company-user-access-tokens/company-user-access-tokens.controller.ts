import { Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AUTH_ERRORS, CurrentPrincipal, TokenService, type Principal } from '#auth';
import { ApiException, Attributes, JsonApiController, type Resource } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { TOKENS_EXAMPLE } from '../access-tokens/tokens-example.js';
import { tokensResource } from '../access-tokens/tokens-resource.js';
import { CompanyUserAccessTokensAttributes } from './company-user-access-tokens.attributes.js';

const TYPE = 'company-user-access-tokens';

/** Customers go on as one of their company users (contract: resources, section 1.5). */
@ApiTags('tokens')
@JsonApiController(TYPE)
export class CompanyUserAccessTokensController {
  constructor(private readonly tokens: TokenService) {}

  @Post()
  @Route({
    access: 'customer',
    summary: "Exchanges a customer's token for one of a company user of theirs; the session stays the same",
    request: { type: TYPE, attributes: { idCompanyUser: '0fbf1ccc-dca1-54e6-8f57-5ee43b0c0ab2' } },
    answer: {
      status: 201,
      description: 'Access token and refresh token',
      data: { type: TYPE, id: null, attributes: TOKENS_EXAMPLE },
    },
    errors: [AUTH_ERRORS.authenticationFailed],
  })
  async create(
    @Attributes() { idCompanyUser }: CompanyUserAccessTokensAttributes,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Resource> {
    const issued = await this.tokens.chooseCompanyUser(principal, idCompanyUser);
    if (!issued) throw new ApiException(AUTH_ERRORS.authenticationFailed);
    return tokensResource(TYPE, issued);
  }
}
