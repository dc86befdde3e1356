import { IsNotBlank, Trim, IsText } from '#json-api';

/** Attributes of a refresh. */
export class RefreshTokensAttributes {
  @Trim()
  @IsNotBlank()
  @IsText()
  refreshToken!: string;
}
