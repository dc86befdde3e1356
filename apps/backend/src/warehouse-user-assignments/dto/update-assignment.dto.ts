import { PartialType } from '@nestjs/swagger';
import { CreateAssignmentDto } from './create-assignment.dto.js';

/** The changes of an assignment. Absent members stay as they are. */
export class UpdateAssignmentDto extends PartialType(CreateAssignmentDto, { skipNullProperties: false }) {}
