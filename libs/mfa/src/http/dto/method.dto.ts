import { ApiProperty } from '@nestjs/swagger';

/** The method that a request is about. */
class MethodDto {
  @ApiProperty({ type: String, example: 'email' })
  type?: unknown;
}

export class ActivateMethodDto extends MethodDto {}

export class VerifyMethodDto extends MethodDto {}

export class TriggerMethodDto extends MethodDto {}

export class DeactivateMethodDto extends MethodDto {}
