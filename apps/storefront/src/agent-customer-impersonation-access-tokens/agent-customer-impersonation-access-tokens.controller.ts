import { Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccountRepository, AUTH_ERRORS, TokenService, type AgentPrincipal } from '#auth';
import { ApiException, JsonApiController, RawAttributes, type Resource } from '#json-api';
import { CurrentAgent } from '../access/current-agent.js';
import { Route } from '../access/route.decorator.js';
import { ImpersonationAccessTokenDto } from '../access-tokens/dto/tokens.dto.js';
import { tokensResource } from '../access-tokens/tokens-resource.js';
import { CreateImpersonationAccessTokenDto } from './dto/create-impersonation-access-token.dto.js';

const TYPE = 'agent-customer-impersonation-access-tokens';

/** Agents act for customers (contract: resources, section 1.6; what they may do: MFA, section 4, rule 9). */
@ApiTags('agents')
@JsonApiController(TYPE)
export class AgentCustomerImpersonationAccessTokensController {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly tokens: TokenService,
  ) {}

  @Post()
  @Route({
    access: 'agent',
    summary: 'Opens a session in which the agent acts for a customer',
    hasOwnRules: true,
    answer: {
      status: 201,
      description: 'Access token and refresh token',
      resource: ImpersonationAccessTokenDto,
    },
    errors: [AUTH_ERRORS.impersonationFailed],
  })
  async create(
    @RawAttributes() { customerReference }: CreateImpersonationAccessTokenDto,
    @CurrentAgent() agent: AgentPrincipal,
  ): Promise<Resource> {
    const customer =
      typeof customerReference === 'string' ? await this.accounts.findByReference(customerReference.trim()) : undefined;
    const opened = customer && (await this.tokens.impersonate(customer, agent));
    if (!opened) throw new ApiException(AUTH_ERRORS.impersonationFailed);
    return tokensResource(TYPE, opened);
  }
}
