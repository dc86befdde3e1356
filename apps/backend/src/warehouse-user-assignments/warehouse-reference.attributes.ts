import { NotBlank, Text } from '#json-api';

/** The warehouse of an assignment as a request names it. */
export class WarehouseReferenceAttributes {
  @NotBlank()
  @Text()
  uuid!: string;
}
