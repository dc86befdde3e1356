import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { ApplicationOptions } from './application.js';

/** OpenAPI at `/docs` (a page) and `/docs/openapi.json`. */
export function useDocumentation(app: NestFastifyApplication, { name, description }: ApplicationOptions): void {
  const document = new DocumentBuilder()
    .setTitle(`Sallyport ${name}`)
    .setDescription(description)
    .setVersion('1')
    .addBearerAuth()
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, document), {
    jsonDocumentUrl: 'docs/openapi.json',
  });
}
