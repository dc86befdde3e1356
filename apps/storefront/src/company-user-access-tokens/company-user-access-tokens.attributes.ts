import { NotBlank, Pasted, Uuid } from '#json-api';

/** The company user that a customer goes on as. */
export class CompanyUserAccessTokensAttributes {
  @Pasted()
  @NotBlank()
  @Uuid()
  idCompanyUser!: string;
}
