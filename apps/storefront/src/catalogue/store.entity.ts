import { Check, Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A store. The one with the lowest id is the default. */
@Entity('store')
@Unique('uq_store_name', ['name'])
@Check('ck_store_default_currency', 'default_currency = ANY (currencies)')
export class Store {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_store',
  })
  id!: string;

  @Column('text')
  name!: string;

  @Column('text', { array: true })
  currencies!: string[];

  @Column('text', { name: 'default_currency' })
  defaultCurrency!: string;

  /** For example `de_DE`. The default first. */
  @Column('text', { array: true })
  locales!: string[];

  /** The default first. */
  @Column('text', { name: 'price_modes', array: true })
  priceModes!: string[];

  /** The countries for shipping and billing addresses. */
  @Column('jsonb')
  countries!: { iso2Code: string; name: string }[];

  @Column('text', { name: 'order_reference_prefix' })
  orderReferencePrefix!: string;
}
