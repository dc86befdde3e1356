import { applyDecorators } from '@nestjs/common';
import { HasLength, IsNotBlank, Satisfies, IsText } from '#json-api';

/** The reason why an administrator changes somebody's account, for the audit trail. */
export const Reason = (): PropertyDecorator =>
  applyDecorators(
    IsNotBlank(),
    IsText(),
    HasLength(0, 500),
    Satisfies('notOnlySpace', (text) => text === '' || text.trim() !== '', 'This value should not be blank.'),
  );
