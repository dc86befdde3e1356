import { ApiProperty } from '@nestjs/swagger';

class MissingDataDto {
  @ApiProperty({ type: [String], example: ['stores'] })
  missing!: string[];
}

class HealthDetailsDto {
  @ApiProperty({ required: false, description: 'What an empty catalogue lacks to sell anything' })
  catalogue?: MissingDataDto;
}

/** The response of a process that can serve, with additional details. */
export class HealthDto {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  status!: 'ok';

  @ApiProperty({ required: false })
  details?: HealthDetailsDto;
}

/** The reason why the process cannot serve. */
export class UnavailableDto {
  @ApiProperty({ enum: ['unavailable'], example: 'unavailable' })
  status!: 'unavailable';

  @ApiProperty({ example: 'the database cannot be reached' })
  reason!: string;
}
