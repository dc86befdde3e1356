import type { Client } from 'pg';
import { withLongClient } from '../json-lines/long-client.js';
import { closeSnapshot, copiedRows, openSnapshot } from '../json-lines/snapshot.repository.js';
import { writeLines } from '../json-lines/write-lines.js';
import { exportQuery } from '../kinds/kind.sql.js';
import { countCatalogue } from './catalogue.repository.js';
import { CATALOGUE } from './catalogue-lines.js';

/**
 * Writes the catalogue of one moment.
 *
 * @param path a file, or `-` for standard output
 * @returns how many lines were written
 * @throws ProgramError when the target cannot be written; the signal's reason when it came
 */
export function exportCatalogue(url: string, path: string, signal: AbortSignal): Promise<number> {
  return withLongClient(url, signal, async ({ client }) => {
    await openSnapshot(client);
    const total = await countCatalogue(client);
    const lines = await writeLines(catalogueLines(client), { path, unit: 'lines', total, signal });
    await closeSnapshot(client);
    return lines;
  });
}

async function* catalogueLines(client: Client): AsyncGenerator<Buffer> {
  for (const kind of CATALOGUE) yield* copiedRows(client, exportQuery(kind));
}
