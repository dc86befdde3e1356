import { ApiProperty } from '@nestjs/swagger';
import { ApiResource } from '#json-api';

@ApiResource('customers', { id: 'DE--21' })
export class CustomerDto {
  @ApiProperty({ example: 'DE--21' })
  customerReference!: string;

  @ApiProperty({ example: 'Ada' })
  firstName!: string;

  @ApiProperty({ example: 'Kessler' })
  lastName!: string;

  @ApiProperty({ example: 'ada.kessler@harborsupply.example' })
  email!: string;

  @ApiProperty({ example: 'Ms' })
  salutation!: string;

  @ApiProperty({ example: 'en_US' })
  locale!: string;

  @ApiProperty({ example: true })
  isConfirmed!: boolean;

  @ApiProperty({
    type: [String],
    example: ['Harbor Supply'],
    description: 'The companies that the customer is an active user of',
  })
  companies!: readonly string[];

  @ApiProperty({ example: true })
  isMfaEnabled!: boolean;

  @ApiProperty({ type: [String], example: ['some-method'], description: 'The active ones' })
  mfaMethods!: readonly string[];

  @ApiProperty({ example: '2026-02-09 10:30:00.000000', description: 'In UTC' })
  createdAt!: string;

  @ApiProperty({ example: '2026-02-09 10:30:00.000000', description: 'In UTC' })
  updatedAt!: string;
}
