import { NotBlank, Uuid } from '#json-api';

/** The company user that a customer goes on as. */
export class CompanyUserAccessTokensAttributes {
  @NotBlank()
  @Uuid()
  idCompanyUser!: string;
}
