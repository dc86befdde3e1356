import { PartialType } from '@nestjs/swagger';
import { CreatePolicyDto } from './create-policy.dto.js';

/** The changes of a policy. Absent members stay as they are. */
export class UpdatePolicyDto extends PartialType(CreatePolicyDto, { skipNullProperties: false }) {}
