import { Controller, Get, Header } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiRoute } from '#json-api';
import { Public } from '#platform';
import { JwksDto } from './dto/jwks.dto.js';
import { KeyRing } from './key-ring.js';

@ApiTags('keys')
@Public()
@Controller('.well-known/jwks.json')
export class JwksController {
  constructor(private readonly keys: KeyRing) {}

  @Get()
  @Header('cache-control', 'public, max-age=300')
  @ApiRoute({
    summary: 'The public keys of access tokens (RFC 7517)',
    answer: { status: 200, description: 'The keys', body: JwksDto },
  })
  list(): JwksDto {
    return this.keys.jwks();
  }
}
