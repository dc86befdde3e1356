import { IsNotBlank, Trim, IsUuid } from '#json-api';

/** The company user that a customer goes on as. */
export class CompanyUserAccessTokensAttributes {
  @Trim()
  @IsNotBlank()
  @IsUuid()
  idCompanyUser!: string;
}
