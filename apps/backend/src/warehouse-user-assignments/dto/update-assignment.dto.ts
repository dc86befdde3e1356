import { PartialType } from '@nestjs/swagger';
import { CreateAssignmentDto } from './create-assignment.dto.js';

/** Any members of an assignment; what is not sent stays as it is. */
export class UpdateAssignmentDto extends PartialType(CreateAssignmentDto, { skipNullProperties: false }) {}
