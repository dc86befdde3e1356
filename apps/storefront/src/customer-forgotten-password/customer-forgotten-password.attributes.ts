import { EmailAddress, NotBlank, Text } from '#json-api';

/** Who wants a new password. */
export class CustomerForgottenPasswordAttributes {
  @NotBlank()
  @Text()
  @EmailAddress()
  email!: string;
}
