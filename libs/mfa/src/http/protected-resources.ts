import { Inject, Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { RESOURCE_TYPE } from '#json-api';
import type { EnrolmentRule } from '../core/policy.js';
import { MFA_HTTP_OPTIONS, type MfaHttpOptions } from './mfa-http.options.js';
import { MFA_ENDPOINT } from './mfa-endpoint.decorator.js';
import { PROTECTED, type Protection } from './protected.decorator.js';

/** A controller's method, as Nest passes it to guards. */
type Handler = Parameters<Reflector['get']>[1];

/** Tells which routes are protected: by a decorator, or because their resource type is in the configured list. */
@Injectable()
export class ProtectedResources implements OnModuleInit {
  /** Undefined if no list is configured: then what is marked `by-default` is protected. */
  private readonly configured: ReadonlySet<string> | undefined;

  constructor(
    private readonly reflector: Reflector,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    @Inject(MFA_HTTP_OPTIONS) { protectedResources }: MfaHttpOptions,
  ) {
    this.configured = protectedResources && new Set(protectedResources);
  }

  /** @throws Error naming the configured types that no controller serves */
  onModuleInit(): void {
    const served = new Set(this.discovery.getControllers().flatMap(({ metatype }) => this.typesOf(metatype as Type)));
    const unknown = [...(this.configured ?? [])].filter((name) => !served.has(name));
    if (unknown.length > 0) throw new UnknownProtectedResource(unknown, [...served]);
  }

  /** The rule that tells which accounts need an active method. Undefined if the route is not protected. */
  enrolmentRuleOf(controller: Type, handler: Handler): EnrolmentRule | undefined {
    const declared = this.reflector.getAllAndOverride<Protection | undefined>(PROTECTED, [handler, controller]);
    if (declared && declared !== 'by-default') return declared;
    if (!this.configured) return declared && 'by-policy';
    const type = this.typeOf(controller, handler);
    return type !== undefined && this.configured.has(type) ? 'by-policy' : undefined;
  }

  private typesOf(controller: Type): string[] {
    const prototype = controller.prototype as Record<string, Handler | undefined>;
    const handlers = this.scanner.getAllMethodNames(prototype).flatMap((name) => prototype[name] ?? []);
    // the five endpoints have their own rules: a code could never be sent if sending it needed a code
    const others = handlers.filter((handler) => !this.reflector.get(MFA_ENDPOINT, handler));
    return others.flatMap((handler) => this.typeOf(controller, handler) ?? []);
  }

  /** The declared JSON:API type; null: none. For a plain Nest controller: the last fixed segment of its path. */
  private typeOf(controller: Type, handler: Handler): string | undefined {
    const declared = this.reflector.getAllAndOverride<string | null | undefined>(RESOURCE_TYPE, [handler, controller]);
    if (declared === null) return undefined;
    return declared ?? lastFixedSegment(Reflect.getMetadata('path', controller));
  }
}

function lastFixedSegment(path: unknown): string | undefined {
  const [first] = [path].flat();
  return typeof first === 'string'
    ? first.split('/').findLast((segment) => segment && !segment.startsWith(':'))
    : undefined;
}

/** Stops the start. A misspelt type would leave a resource unprotected. */
class UnknownProtectedResource extends Error {
  override readonly name = 'UnknownProtectedResource';
  /** The message is for the person who configured the list. */
  readonly forOperator = true;

  constructor(unknown: readonly string[], served: readonly string[]) {
    const list = [...new Set(served)].toSorted().join(', ');
    super(
      `No controller serves the protected resource ${unknown.map((name) => `"${name}"`).join(', ')}. There are: ${list}.`,
    );
  }
}
