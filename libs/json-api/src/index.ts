export { JSON_API_MEDIA_TYPE } from './content-type.js';
export { ConventionsGuard } from './conventions.guard.js';
export { Attributes, RawAttributes } from './documents/attributes.decorator.js';
export { DocumentInterceptor } from './documents/document.interceptor.js';
export { assertMatch, requireIfMatch } from './documents/if-match.js';
export { Collection, Resource, type CountedPage, type ResourceObject } from './documents/resource.js';
export { timestamp } from './documents/timestamp.js';
export type { ApiErrorRow, BareError } from './errors/api-error.js';
export { ApiException, retryAfter } from './errors/api-exception.js';
export { errorDocument } from './errors/error-document.js';
export { GENERIC_ERRORS, violation } from './errors/generic-errors.js';
export {
  JsonApiExceptionFilter,
  type ClassifiedError,
  type ExceptionFilterOptions,
} from './errors/json-api-exception.filter.js';
export { JsonApiController } from './json-api-controller.decorator.js';
export { JsonApiModule } from './json-api.module.js';
export { JSON_API_OPTIONS, type JsonApiOptions } from './json-api.options.js';
export { negotiateLocale } from './language.js';
export { parseFilter } from './query/filter.js';
export { parseInclude, parseSort, type SortField } from './query/list.js';
export { MOST_COUNTED, MOST_LISTED } from './query/list-bound.js';
export { MAX_LIMIT, parseBoundedPage, parsePage, type Page } from './query/page.js';
export { ApiJson, ApiNull } from './openapi/members.js';
export { ApiResource, type AttributesClass } from './openapi/api-resource.decorator.js';
export {
  ApiRoute,
  type RouteAnswer,
  type RouteChecks,
  type RouteDocumentation,
  type SecurityName,
} from './openapi/api-route.decorator.js';
export { describeRoutes } from './openapi/describe-routes.js';
export type { LibraryRoutes } from './openapi/route-describer.js';
export { documentedClasses, type RouteHandler } from './openapi/route-handler.js';
export { headerOf, type JsonApiHttpRequest } from './request.js';
export { DeletesWithDocument, OptionalDocumentType, RESOURCE_TYPE, ResourceType } from './resource-type.js';
export { ApiMember } from './validation/api-member.js';
export { parseDateTime } from './validation/date-time.js';
export { examineAttributes, validateAttributes, type Violation } from './validation/attributes.pipe.js';
export {
  IsAtMost,
  IsCalendarDate,
  IsChoice,
  IsEmailAddress,
  IsFlag,
  IsGreaterThan,
  IsOptionalMember,
  HasLength,
  IsNotBlank,
  IsWholeNumber,
  Trim,
  Satisfies,
  IsText,
  IsTrue,
  IsUuid,
} from './validation/rules.js';
export { isCalendarDate, isMailAddress, isStorable } from './validation/known-texts.js';
export { IsNested, IsNestedList } from './validation/nested-rules.js';
export { RULE_SETTINGS, type RuleSettings } from './validation/rule-settings.js';
export { testOf } from './validation/rule-test.js';
export { IsUniqueList } from './validation/unique-list.js';
