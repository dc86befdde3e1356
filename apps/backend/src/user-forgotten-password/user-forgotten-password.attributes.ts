import { EmailAddress, NotBlank, Text } from '#json-api';

/** Who wants a new password. */
export class UserForgottenPasswordAttributes {
  @NotBlank()
  @Text()
  @EmailAddress()
  username!: string;
}
