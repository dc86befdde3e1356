import { PartialType } from '@nestjs/swagger';
import { CreatePolicyDto } from './create-policy.dto.js';

/** Any members of a policy; what is not sent stays as it is. */
export class UpdatePolicyDto extends PartialType(CreatePolicyDto, { skipNullProperties: false }) {}
