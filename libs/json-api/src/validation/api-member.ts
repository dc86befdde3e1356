import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

/** What a rule says of the values of its member, in words of OpenAPI. */
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

/** Metadata key of what the rules of a member said so far. */
const MEMBER = Symbol('MEMBER');

/** A member without a rule that says otherwise may be left out, and null is as good as that. */
const OPTIONAL: MemberSchema = { required: false, nullable: true };

/** Documents a member by one of its rules; the rules of a member add up, in whichever order they stand. */
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
