import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

/** The OpenAPI description of a rule. */
export type MemberSchema = Pick<
  ApiPropertyOptions & { type?: unknown },
  | 'type'
  | 'isArray'
  | 'items'
  | 'format'
  | 'enum'
  | 'pattern'
  | 'minLength'
  | 'maxLength'
  | 'minimum'
  | 'maximum'
  | 'minItems'
  | 'uniqueItems'
> & { readonly required?: boolean; readonly nullable?: boolean };

/** Metadata key of the description that the rules of a member have added so far. */
const MEMBER = Symbol('MEMBER');

/** The default: a member is optional, and null counts as absent. */
const OPTIONAL: MemberSchema = { required: false, nullable: true };

/** Adds one rule to the documentation of a member. The order of the rules does not matter. */
export function ApiMember(schema: MemberSchema): PropertyDecorator {
  return (target, property) => {
    const known = (Reflect.getOwnMetadata(MEMBER, target, property) ?? OPTIONAL) as MemberSchema;
    const isText = Reflect.getMetadata('design:type', target, property) === String;
    const { minLength = 0, ...other } = schema;
    const least = Math.max(minLength, known.minLength ?? 0, other.required && isText ? 1 : 0);
    const merged = { ...known, ...other, ...(least > 0 && { minLength: least }) };
    Reflect.defineMetadata(MEMBER, merged, target, property);
    ApiProperty(merged as ApiPropertyOptions)(target, property);
  };
}
