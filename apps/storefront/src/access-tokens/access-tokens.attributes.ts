import { IsEmailAddress, IsNotBlank, IsText } from '#json-api';

/** Attributes of a login. */
export class AccessTokensAttributes {
  @IsNotBlank()
  @IsEmailAddress()
  @IsText()
  username!: string;

  @IsNotBlank()
  @IsText()
  password!: string;
}
