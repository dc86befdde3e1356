import { ApiProperty } from '@nestjs/swagger';
import { ApiResource } from '#json-api';
import { AUDIT_EVENTS } from '#mfa';

/** A party of an entry: a customer or a user with present data, or an operator by the login name at the machine. */
export class AuditPartyDto {
  @ApiProperty({ enum: ['customer', 'user', 'operator'], example: 'customer' })
  kind!: string;

  @ApiProperty({
    type: String,
    required: false,
    nullable: true,
    example: 'DE--21',
    description: 'Of a customer; null: there is none any more',
  })
  customerReference?: string | null;

  @ApiProperty({
    type: String,
    required: false,
    nullable: true,
    description: 'Of a user; null: there is none any more',
  })
  userUuid?: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Ada Kessler' })
  name!: string | null;

  @ApiProperty({
    type: String,
    required: false,
    nullable: true,
    example: 'ada.kessler@harborsupply.example',
    description: 'Of a customer or a user',
  })
  email?: string | null;
}

const VALUES = [
  { type: 'string' },
  { type: 'number' },
  { type: 'boolean' },
  { type: 'null' },
  { type: 'array', items: { type: 'string' } },
];
const VALUE_OR_OBJECT = { anyOf: [...VALUES, { type: 'object', additionalProperties: { anyOf: VALUES } }] };

/** An entry of the audit trail in responses. */
@ApiResource('audit-events', { id: 'customer-12-7' })
export class AuditEventDto {
  @ApiProperty({ enum: AUDIT_EVENTS, example: 'removed' })
  event!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-02T10:30:00.000Z' })
  occurredAt!: string;

  @ApiProperty({ type: AuditPartyDto })
  account!: AuditPartyDto;

  @ApiProperty({
    type: AuditPartyDto,
    example: {
      kind: 'user',
      userUuid: '7c1e2a90-3f9b-5a4e-8d15-2b7f60c4d1aa',
      name: 'Ben Holt',
      email: 'ben.holt@sallyport.example',
    },
  })
  actor!: AuditPartyDto;

  @ApiProperty({ type: AuditPartyDto, nullable: true, example: null, description: 'The customer of an agent' })
  actsFor!: AuditPartyDto | null;

  @ApiProperty({ type: String, nullable: true, example: 'some-method' })
  method!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Of the answer, where one was refused' })
  errorCode!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Lost access to the mailbox; identity checked by phone',
    description: 'What an administrator or an operator gave for it',
  })
  reason!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '0f8a4f5e-6a53-4a0e-9a70-6f2b1c9f3a11' })
  sessionId!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '51d0c3f2-9a7d-4c68-b1e4-80c2a6f0e7bb' })
  requestId!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '203.0.113.7' })
  clientAddress!: string | null;

  @ApiProperty({
    type: 'object',
    nullable: true,
    additionalProperties: { anyOf: [VALUE_OR_OBJECT, { type: 'array', items: VALUE_OR_OBJECT }] },
    example: null,
    description: 'What else is known of it, by the kind of event',
  })
  details!: object | null;

  @ApiProperty({ type: 'integer', example: 7, description: "Its place in the account's chain" })
  sequence!: number;
}
