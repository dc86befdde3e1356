import { NotBlank, Text } from '#json-api';

/** Attributes of a refresh. */
export class RefreshTokensAttributes {
  @NotBlank()
  @Text()
  refreshToken!: string;
}
