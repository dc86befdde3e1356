import { NotBlank, Pasted, Text } from '#json-api';

/** The key of a registration. */
export class CustomerConfirmationAttributes {
  @Pasted()
  @NotBlank()
  @Text()
  registrationKey!: string;
}
