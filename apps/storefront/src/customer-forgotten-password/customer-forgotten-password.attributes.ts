import { IsEmailAddress, IsNotBlank, IsText } from '#json-api';

/** Who wants a new password. */
export class CustomerForgottenPasswordAttributes {
  @IsNotBlank()
  @IsText()
  @IsEmailAddress()
  email!: string;
}
