import { Length, NotBlank, Satisfies, Text } from '#json-api';

/** Why a second factor is removed. */
export class RemovalAttributes {
  @NotBlank()
  @Text()
  @Length(0, 500)
  @Satisfies('notOnlySpace', (text) => text === '' || text.trim() !== '', 'This value should not be blank.')
  reason!: string;
}
