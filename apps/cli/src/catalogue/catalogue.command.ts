import type { Command } from 'commander';
import type { Client } from 'pg';
import type { Settings } from '#platform';
import { addCommand, addGroup } from '../command-line.js';
import { requireMigratedAt, withDatabase } from '../database.js';
import { closeSnapshot, copiedRows, openSnapshot } from '../json-lines/copy.repository.js';
import { openSource, writeLines } from '../json-lines/line-files.js';
import { withLongClient } from '../json-lines/long-client.js';
import { exportQuery } from '../kinds/kind.sql.js';
import { interruptible, note } from '../terminal.js';
import { CATALOGUE, catalogueReader, STOCK, stockReader } from './catalogue-lines.js';
import { countCatalogue } from './catalogue.repository.js';
import { type CatalogueImportOptions, importCatalogue, type ImportedKind } from './import-catalogue.js';

const IMPORT = `
Reads lines of JSON, an entry each, and stores all of them or none. An entry that is there is changed, by its natural
key: a store by name, a warehouse by uuid, a product by sku, a shipment method by id, a payment method by the names of
provider and method. What the file does not name stays: entries that it has no line of, and these members where a line
leaves them out: stock, neverOutOfStock, deliveryTime and isActive (new entries get 0, false, null and true). Nothing is
ever removed; "isActive": false ends the offer of a shipment or payment method.

Prices are in minor units, tax rates in percent, delivery times in seconds. The store that was made first is the default.

Orders go on meanwhile. "stock" is what there is from now on, set under the lock of the product's row: what is ordered
later is taken from it, but what was ordered since the amount was counted is not; leave it out to keep what there is.
Orders of products that the import changes wait for its end.

A wrong line is told with its number and what is wrong: the first 20 of them. Then, and when the command is interrupted,
the database stays as it was.
`;

const IMPORT_EXAMPLES = `
Examples:
  npm run cli -- catalogue import catalogue.jsonl --dry-run
  gunzip -c catalogue.gz | npm run cli -- catalogue import -

Lines:
  {"kind":"store","name":"DE","currencies":["EUR"],"defaultCurrency":"EUR","locales":["en_US","de_DE"],"priceModes":["GROSS_MODE","NET_MODE"],"countries":[{"iso2Code":"DE","name":"Germany"}],"orderReferencePrefix":"DE--"}
  {"kind":"warehouse","uuid":"834b3731-02d4-5d6f-9a61-d63ae5e70517","name":"North","isActive":true}
  {"kind":"product","sku":"rope-20","abstractSku":"rope","name":"Rope, 20 m","stock":40,"neverOutOfStock":false,"taxRatePercent":19,"pricesCents":{"EUR":{"gross":2380,"net":2000}}}
  {"kind":"shipmentMethod","id":1,"name":"Standard","carrier":"Harbor Post","pricesCents":{"EUR":{"gross":490,"net":412}},"taxRatePercent":19,"deliveryTime":172800,"isActive":true}
  {"kind":"paymentMethod","paymentProviderName":"DummyPayment","paymentMethodName":"Invoice","isActive":true}`;

const EXPORT = `
Writes the catalogue as lines of JSON: stores, warehouses, products with their stock, shipment methods and payment
methods, also those that are not offered. All lines are of one moment, and orders go on meanwhile. "catalogue import"
makes the same catalogue of them; ids of stores and warehouses are new ones. Delete "stock" from the lines that you take
back to the same shop, or what was ordered meanwhile is there again.

The file gets its name when it is complete; a file of the same name is replaced then.
`;

const EXPORT_EXAMPLES = `
Examples:
  npm run cli -- catalogue export catalogue.jsonl
  npm run -s cli -- catalogue export - | gzip > catalogue.gz`;

const STOCK_HELP = `
Reads lines of JSON with sku and stock, and sets how much there is of these products, all or none; of other products
nothing changes. A sku that no product has is a wrong line, and so is one that stands in the file twice.

Amounts are absolute, and each is set under the lock of the product's row: an order that was placed before takes from
the former amount, one that is placed after takes from the new one, and none is lost between. So count the amounts
without what was ordered, also of orders that are not sent yet. Only products whose amount changes are locked; orders of
them wait for the end of the command.
`;

const STOCK_EXAMPLES = `
Examples:
  npm run cli -- catalogue stock stock.jsonl
  echo '{"sku":"rope-20","stock":40}' | npm run cli -- catalogue stock -`;

interface ImportCommandOptions {
  readonly dryRun?: boolean;
}

type Reading = Pick<CatalogueImportOptions, 'kinds' | 'readEntry'>;

export function addCatalogueCommands(program: Command, settings: () => Settings): void {
  const catalogue = addGroup(program, 'catalogue', 'What is sold, where, and how it is shipped and paid');
  const addImport = (name: string, summary: string, help: string, reading: () => Reading): Command =>
    addCommand(catalogue, name, summary, help)
      .argument('<file>', 'what to read; - is standard input')
      .option('--dry-run', 'check everything, and change nothing')
      .action((path: string, { dryRun = false }: ImportCommandOptions) =>
        runImport(settings(), path, reading(), dryRun),
      );
  addImport('import', 'creates and changes what a file names', IMPORT, () => {
    return { kinds: CATALOGUE, readEntry: catalogueReader() };
  }).addHelpText('after', IMPORT_EXAMPLES);
  addCommand(catalogue, 'export', 'writes the catalogue to a file', EXPORT)
    .argument('<file>', 'where to write; - is standard output')
    .action((path: string) => runExport(settings(), path))
    .addHelpText('after', EXPORT_EXAMPLES);
  addImport('stock', 'sets the stock of the products of a file', STOCK_HELP, () => {
    return { kinds: [STOCK], readEntry: stockReader() };
  }).addHelpText('after', STOCK_EXAMPLES);
}

async function runImport(settings: Settings, path: string, reading: Reading, isDryRun: boolean): Promise<void> {
  const source = await openSource(path);
  const imported = await onDatabase(settings, (url, signal) =>
    importCatalogue(url, { source, ...reading, isDryRun, signal }),
  );
  for (const kind of imported) note(isDryRun ? `${kind.plural}: ${kind.lines} could be imported` : lineOf(kind));
}

const lineOf = ({ plural, lines, created, changed }: ImportedKind): string =>
  `${plural}: ${created} new, ${changed} changed, ${lines - created - changed} as they were`;

async function runExport(settings: Settings, path: string): Promise<void> {
  const lines = await onDatabase(settings, (url, signal) => exportCatalogue(url, path, signal));
  note(`Lines that were exported: ${lines}`);
}

function onDatabase<T>(settings: Settings, use: (url: string, signal: AbortSignal) => Promise<T>): Promise<T> {
  return interruptible((signal) =>
    withDatabase(
      settings,
      async (url) => {
        await requireMigratedAt(url);
        return use(url, signal);
      },
      note,
    ),
  );
}

/**
 * Writes the catalogue of one moment.
 *
 * @param path a file, or `-` for standard output
 * @returns how many lines were written
 * @throws ProgramError when the target cannot be written; the signal's reason when it came
 */
function exportCatalogue(url: string, path: string, signal: AbortSignal): Promise<number> {
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
