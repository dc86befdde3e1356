import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '#platform';
import { KeyRing, type PublicJwk } from './key-ring.js';

@ApiTags('keys')
@Public()
@Controller('.well-known/jwks.json')
export class JwksController {
  constructor(private readonly keys: KeyRing) {}

  @Get()
  @Header('cache-control', 'public, max-age=300')
  @ApiOperation({ summary: 'The public keys of access tokens (RFC 7517)' })
  list(): { keys: PublicJwk[] } {
    return this.keys.jwks();
  }
}
