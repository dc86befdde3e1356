import { ApiProperty } from '@nestjs/swagger';
import { ApiResource } from '#json-api';

/** A customer in the search results of agents. */
export class FoundCustomerDto {
  @ApiProperty({ example: 'DE--21' })
  customerReference!: string;

  @ApiProperty({ example: 'ada.kessler@harborsupply.example' })
  email!: string;

  @ApiProperty({ example: 'Ada' })
  firstName!: string;

  @ApiProperty({ example: 'Kessler' })
  lastName!: string;
}

/** One page of customers. */
@ApiResource('agent-customer-search', { id: null })
export class FoundCustomersDto {
  @ApiProperty({ type: [FoundCustomerDto] })
  customers!: readonly FoundCustomerDto[];
}
