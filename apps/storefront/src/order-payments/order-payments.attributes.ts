import { ValidateBy, type ValidationArguments } from 'class-validator';
import { IsNotBlank, IsText } from '#json-api';

/** What a payment provider said of a payment. */
export class OrderPaymentsAttributes {
  @IsNotBlank()
  @IsText()
  paymentIdentifier!: string;

  /** An object or a list in the words of the provider. */
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
