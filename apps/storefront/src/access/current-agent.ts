import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { AUTH_ERRORS, type AgentPrincipal, type RequestWithPrincipal } from '#auth';
import { ApiException } from '#json-api';

/** The agent of a route with access `agent`. */
export const CurrentAgent = createParamDecorator((_: unknown, context: ExecutionContext): AgentPrincipal => {
  const { agent } = context.switchToHttp().getRequest<RequestWithPrincipal>();
  if (!agent) throw new ApiException(AUTH_ERRORS.agentOnly);
  return agent;
});
