import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy, type ValidationArguments } from 'class-validator';
import { ApiJson, IsNotBlank, IsText } from '#json-api';

/** A payment provider's message about a payment. */
export class UpdateOrderPaymentDto {
  @ApiProperty({ example: 'b2f0c1d4-7f3a-4c58-9d21-6d0a3f4b5c6e' })
  @IsNotBlank()
  @IsText()
  paymentIdentifier!: string;

  /** An object or a list in the provider's own format. */
  @ApiJson({ status: 'authorized' })
  @ValidateBy({
    name: 'payload',
    validator: { validate: isFilled, defaultMessage: (args) => payloadMessage(args?.value) },
  })
  dataPayload!: object;
}

function isFilled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function payloadMessage(value: ValidationArguments['value']): string {
  if (value === undefined) return 'This field is missing.';
  const isScalar = typeof value !== 'object' && value !== '';
  return isScalar ? 'This value should be of type array.' : 'This value should not be blank.';
}
