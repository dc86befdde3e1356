import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

interface Documented {
  readonly name: string;
  readonly description: string;
}

/** OpenAPI at `/docs` (a page) and `/docs/openapi.json`. */
export function useDocumentation(app: NestFastifyApplication, { name, description }: Documented): void {
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
