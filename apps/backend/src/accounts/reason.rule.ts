import { applyDecorators } from '@nestjs/common';
import { HasLength, IsNotBlank, Satisfies, IsText } from '#json-api';

/** Why an administrator does something to somebody's account; it stands in the audit trail. */
export const Reason = (): PropertyDecorator =>
  applyDecorators(
    IsNotBlank(),
    IsText(),
    HasLength(0, 500),
    Satisfies('notOnlySpace', (text) => text === '' || text.trim() !== '', 'This value should not be blank.'),
  );
