import { NotBlank, Text } from '#json-api';

/** The key of a registration. */
export class CustomerConfirmationAttributes {
  @NotBlank()
  @Text()
  registrationKey!: string;
}
