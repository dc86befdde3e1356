import type { Command } from 'commander';
import type { Client } from 'pg';
import type { Settings } from '#platform';
import { addCommand, addGroup, interruptible, note, ProgressBar } from '../command-line.js';
import { analyze, commitAfter, requireMigratedAt, withDatabase, withLongClient, withSnapshot } from '../database.js';
import { checkedLines, type ImportSource, openSource, writeLines } from '../lines/line-files.js';
import { copiedRows, countQuery, exportQuery } from '../loading/entries.sql.js';
import type { EntryReader } from '../loading/entry-rules.js';
import { naturalKey } from '../loading/kind.js';
import {
  judgeByDatabase,
  judgeTogether,
  type LoadedKind,
  type StagedEntry,
  stageEntries,
  type Stored,
  storeEntries,
  takeTurn,
} from '../loading/load-entries.js';
import { problemsOfFile, type Problems } from '../loading/problems.js';
import { CATALOGUE, type CatalogueEntry, catalogueReader, STOCK, stockReader } from './catalogue-kinds.js';

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

interface Reading {
  readonly kinds: readonly LoadedKind[];
  readonly readEntry: EntryReader<CatalogueEntry>;
}

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
    importCatalogue(url, { ...reading, source, isDryRun, signal }),
  );
  for (const line of imported) note(line);
}

interface CatalogueImport extends Reading {
  readonly source: ImportSource;
  /** Checks everything, and stores nothing. */
  readonly isDryRun: boolean;
  readonly signal: AbortSignal;
}

/**
 * Stores all lines of a file, or none, in one transaction.
 *
 * @returns what became of them, a line for each kind that the file has
 * @throws ProgramError with the first wrong lines; the signal's reason when it came
 */
function importCatalogue(url: string, { isDryRun, signal, ...reading }: CatalogueImport): Promise<readonly string[]> {
  return withLongClient(url, signal, async (connection) => {
    const { client } = connection;
    const problems = problemsOfFile(reading.source.name);
    const counts = await stageEntries(client, stagedLines(reading, problems), signal);
    const kinds = reading.kinds.filter(({ kind }) => counts.has(kind));
    if (!problems.isFull) {
      await judgeTogether(client, kinds, problems);
      await judgeByDatabase(client, kinds, problems);
    }
    problems.throwIfAny();
    if (isDryRun) return kinds.map((kind) => `${pluralOf(kind)}: ${counts.get(kind.kind)} could be imported`);
    const bar = new ProgressBar('Importing', 'lines', sum(counts.values()));
    const refusal = { text: "Nothing was imported: a line's entry", again: 'Import again.' };
    const stored = await commitAfter(connection, refusal, async () => {
      await takeTurn(client, 'catalogue');
      return storeEntries(client, kinds, (lines) => bar.update(lines));
    }).finally(() => bar.stop());
    await analyze(client, [...new Set(kinds.map(({ table }) => table))]);
    return kinds.map((kind) => storedText(kind, counts.get(kind.kind) ?? 0, stored.get(kind.kind)));
  });
}

async function* stagedLines(
  { source, kinds, readEntry }: Reading & Pick<CatalogueImport, 'source'>,
  problems: Problems,
): AsyncGenerator<StagedEntry[]> {
  const byName = new Map(kinds.map((kind) => [kind.kind, kind]));
  for await (const lines of checkedLines({ source, unit: 'lines', readEntry, problems })) {
    yield lines.flatMap(({ number: line, entry }) => {
      const kind = byName.get(entry.kind);
      return kind ? [{ line, kind: kind.kind, naturalKey: naturalKey(kind, entry), entry }] : [];
    });
  }
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, one) => total + one, 0);

/** `shipmentMethods` are shipment methods. */
const pluralOf = ({ list }: LoadedKind): string => list.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const storedText = (
  kind: LoadedKind,
  lines: number,
  { created, changed }: Stored = { created: 0, changed: 0 },
): string => `${pluralOf(kind)}: ${created} new, ${changed} changed, ${lines - created - changed} as they were`;

async function runExport(settings: Settings, path: string): Promise<void> {
  const lines = await onDatabase(settings, (url, signal) =>
    withSnapshot(url, signal, async (client) => {
      const { rows } = await client.query<{ total: number }>(countQuery(CATALOGUE));
      return writeLines(catalogueLines(client), { path, unit: 'lines', total: rows[0]?.total, signal });
    }),
  );
  note(`Lines that were exported: ${lines}`);
}

async function* catalogueLines(client: Client): AsyncGenerator<Buffer> {
  for (const kind of CATALOGUE) yield* copiedRows(client, exportQuery(kind));
}

function onDatabase<T>(settings: Settings, use: (url: string, signal: AbortSignal) => Promise<T>): Promise<T> {
  const onMigrated = async (url: string, signal: AbortSignal): Promise<T> => {
    await requireMigratedAt(url);
    return use(url, signal);
  };
  return interruptible((signal) => withDatabase(settings, (url) => onMigrated(url, signal), note));
}
