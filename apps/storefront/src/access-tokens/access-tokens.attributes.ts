import { EmailAddress, NotBlank, Text } from '#json-api';

/** Attributes of a login. */
export class AccessTokensAttributes {
  @NotBlank()
  @EmailAddress()
  @Text()
  username!: string;

  @NotBlank()
  @Text()
  password!: string;
}
