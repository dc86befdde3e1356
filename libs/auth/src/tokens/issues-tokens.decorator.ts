import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/** Metadata key of routes that issue tokens. */
export const ISSUES_TOKENS = Symbol('ISSUES_TOKENS');

/** A token of ours that is over is no token here: a front end that still sends it has to be able to log in. */
export const IssuesTokens = (): CustomDecorator<symbol> => SetMetadata(ISSUES_TOKENS, true);
