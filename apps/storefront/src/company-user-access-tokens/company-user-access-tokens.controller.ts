import { Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AUTH_ERRORS, CurrentPrincipal, TokenService, type Principal } from '#auth';
import { ApiException, Attributes, JsonApiController, type Resource } from '#json-api';
import { Route } from '../access/route.decorator.js';
import { CompanyUserAccessTokenDto } from '../access-tokens/dto/tokens.dto.js';
import { tokensResource } from '../access-tokens/tokens-resource.js';
import { CreateCompanyUserAccessTokenDto } from './dto/create-company-user-access-token.dto.js';

const TYPE = 'company-user-access-tokens';

/** Customers choose one of their company users (contract: resources, section 1.5). */
@ApiTags('tokens')
@JsonApiController(TYPE)
export class CompanyUserAccessTokensController {
  constructor(private readonly tokens: TokenService) {}

  @Post()
  @Route({
    access: 'customer',
    summary: "Exchanges a customer's token for one of a company user of theirs; the session stays the same",
    answer: {
      status: 201,
      description: 'Access token and refresh token',
      resource: CompanyUserAccessTokenDto,
    },
    errors: [AUTH_ERRORS.authenticationFailed],
  })
  async create(
    @Attributes() { idCompanyUser }: CreateCompanyUserAccessTokenDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Resource> {
    const issued = await this.tokens.chooseCompanyUser(principal, idCompanyUser);
    if (!issued) throw new ApiException(AUTH_ERRORS.authenticationFailed);
    return tokensResource(TYPE, issued);
  }
}
