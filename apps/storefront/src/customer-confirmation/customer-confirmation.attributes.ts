import { IsNotBlank, Trim, IsText } from '#json-api';

/** The key of a registration. */
export class CustomerConfirmationAttributes {
  @Trim()
  @IsNotBlank()
  @IsText()
  registrationKey!: string;
}
