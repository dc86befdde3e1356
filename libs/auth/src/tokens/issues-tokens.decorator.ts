import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/** Metadata key of routes that issue tokens. */
export const ISSUES_TOKENS = Symbol('ISSUES_TOKENS');

/** This route treats an expired token like no token, so that a front end which still sends one can log in. */
export const IssuesTokens = (): CustomDecorator<symbol> => SetMetadata(ISSUES_TOKENS, true);
