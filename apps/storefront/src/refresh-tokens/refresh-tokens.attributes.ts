import { NotBlank, Pasted, Text } from '#json-api';

/** Attributes of a refresh. */
export class RefreshTokensAttributes {
  @Pasted()
  @NotBlank()
  @Text()
  refreshToken!: string;
}
