import { applyDecorators } from '@nestjs/common';
import { Length, NotBlank, Satisfies, Text } from '#json-api';

/** Why an administrator does something to somebody's account; it stands in the audit trail. */
export const Reason = (): PropertyDecorator =>
  applyDecorators(
    NotBlank(),
    Text(),
    Length(0, 500),
    Satisfies('notOnlySpace', (text) => text === '' || text.trim() !== '', 'This value should not be blank.'),
  );
