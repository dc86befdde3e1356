import { IsNotBlank, IsText } from '#json-api';

/** The warehouse of an assignment as a request names it. */
export class WarehouseReferenceAttributes {
  @IsNotBlank()
  @IsText()
  uuid!: string;
}
