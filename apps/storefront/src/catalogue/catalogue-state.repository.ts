import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { prepared, type Statement } from '#platform';

const MISSING: Statement = {
  name: 'catalogue_missing',
  text: `
    SELECT kind FROM (VALUES
      ('store', EXISTS (SELECT FROM store)),
      ('product', EXISTS (SELECT FROM product)),
      ('shipmentMethod', EXISTS (SELECT FROM shipment_method WHERE is_active)),
      ('paymentMethod', EXISTS (SELECT FROM payment_method WHERE is_active))) AS part (kind, is_there)
    WHERE NOT is_there`,
};

@Injectable()
export class CatalogueStateRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @returns the kinds of lines of which a catalogue has none: stores, products, and offered methods */
  async findMissing(): Promise<readonly string[]> {
    const rows = await prepared<{ kind: string }>(this.dataSource, MISSING, []);
    return rows.map(({ kind }) => kind);
  }
}
