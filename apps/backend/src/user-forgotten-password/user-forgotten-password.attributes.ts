import { IsEmailAddress, IsNotBlank, IsText } from '#json-api';

/** Who wants a new password. */
export class UserForgottenPasswordAttributes {
  @IsNotBlank()
  @IsText()
  @IsEmailAddress()
  username!: string;
}
