import { Controller, Get, NotFoundException, Param, Res, SetMetadata } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiExcludeController } from '@nestjs/swagger';
import { RESOURCE_TYPE } from '#json-api';
import { ForBrowsers } from '#platform';
import { PageLayout } from '../page-layout.js';
import type { Asset } from './assets.js';

/** An SVG file that is opened by itself is a document: it must not run scripts, load anything, or be of this origin. */
const POLICY = "default-src 'none';style-src 'unsafe-inline';sandbox";

/** The stylesheet, the script and the logo of pages. */
@SetMetadata(RESOURCE_TYPE, null)
@ApiExcludeController()
@ForBrowsers()
@Controller('assets')
export class AssetsController {
  constructor(
    private readonly layout: PageLayout,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  @Get(':file')
  read(@Param('file') file: string, @Res({ passthrough: true }) response: object): Asset['content'] {
    const found = Object.values(this.layout.assets).find(({ path }) => path === `/assets/${file}`);
    if (!found) throw new NotFoundException();
    const { httpAdapter } = this.adapterHost;
    httpAdapter.setHeader(response, 'content-type', found.type);
    httpAdapter.setHeader(response, 'content-security-policy', POLICY);
    httpAdapter.setHeader(response, 'cache-control', 'public, max-age=31536000, immutable');
    return found.content;
  }
}
