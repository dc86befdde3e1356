import { Header, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AGENT_LOGIN_LIMIT,
  AUTH_ERRORS,
  IssuesTokens,
  loginBlocked,
  LoginOf,
  LoginService,
  TokenService,
  tooManyAttempts,
} from '#auth';
import { ApiException, JsonApiController, RawAttributes, type JsonApiHttpRequest, type Resource } from '#json-api';
import type { ClientRequest } from '#platform';
import { Route } from '../access/route.decorator.js';
import { AgentAccessTokenDto } from '../access-tokens/dto/tokens.dto.js';
import { tokensResource } from '../access-tokens/tokens-resource.js';
import { CreateAgentAccessTokenDto } from './dto/create-agent-access-token.dto.js';

const TYPE = 'agent-access-tokens';

/** Agents log in (contract: resources, section 1.6). */
@ApiTags('agents')
@JsonApiController(TYPE)
export class AgentAccessTokensController {
  constructor(
    private readonly logins: LoginService,
    private readonly tokens: TokenService,
  ) {}

  @Post()
  @IssuesTokens()
  @Header('cache-control', 'no-store')
  @LoginOf('user')
  @Route({
    access: 'public',
    limited: 'sign-in',
    summary: 'Opens a session for an agent',
    hasOwnRules: true,
    answer: {
      status: 201,
      description: 'Access token and refresh token',
      resource: AgentAccessTokenDto,
    },
    errors: [AUTH_ERRORS.agentAuthenticationFailed, tooManyAttempts(AGENT_LOGIN_LIMIT.blockSeconds, 'en_US')],
  })
  async create(
    @RawAttributes() { username, password }: CreateAgentAccessTokenDto,
    @Req() request: JsonApiHttpRequest & ClientRequest,
  ): Promise<Resource> {
    if (!isText(username) || !isText(password)) throw new ApiException(AUTH_ERRORS.agentAuthenticationFailed);
    const subject = { kind: 'user', username, client: request.client } as const;
    const result = await this.logins.authenticate(subject, password, { limit: AGENT_LOGIN_LIMIT });
    if (result.outcome === 'blocked') throw loginBlocked(result.secondsLeft, request);
    const opened = result.outcome === 'authenticated' ? await this.tokens.openSession(result.credentials) : undefined;
    if (!opened) throw new ApiException(AUTH_ERRORS.agentAuthenticationFailed);
    return tokensResource(TYPE, opened);
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
