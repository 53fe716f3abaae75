// How fast invoices are posted in a real Odoo: the whole way of the connector beside what the same server does, in the same
// run and in turns, when its own API merely creates and posts such invoices, one call sequence each or in batches.
//
// It posts some hundreds of invoices: a database for trying, never anyone's books.
import { performance } from 'node:perf_hooks';
import type { Session, WantedDocument } from '../src/connectors/contract.ts';
import { readJournals } from '../src/connectors/odoo/books/journals.ts';
import { openConnection } from '../src/connectors/odoo/doors/connection.ts';
import type { Door } from '../src/connectors/odoo/doors/door.ts';
import { odooConnector } from '../src/connectors/odoo/index.ts';
import type { OdooSettings } from '../src/connectors/odoo/settings.ts';

export type OdooFigures = {
  readonly odooMajor: number;
  readonly invoices: number;
  /** Create and post, one call sequence an invoice, one writer: as one does who only reads the documentation. */
  readonly oneByOnePerSecond: number;
  /** Create and post in batches, several writers. */
  readonly rawPerSecond: number;
  /** The connector: found or made under a permanent key, compared, posted, read back. Batches and writers alike. */
  readonly ladingPerSecond: number;
  readonly ratios: { readonly toOneByOne: number; readonly toRaw: number };
};

export type OdooBenchOptions = {
  readonly settings: OdooSettings;
  /** Through the connector; rounded up to whole rounds. */
  readonly invoices: number;
  readonly log: (line: string) => void;
};

const LINES = 4;
/** What fares best on an Odoo of two worker processes. */
const WRITERS = 2;
const BATCH = 50;
/** Short, so that what else runs on the machine falls on all alike. */
const ROUND = WRITERS * BATCH;
const ONE_BY_ONE_A_ROUND = 10;

type Contestant = { readonly invoices: number; readonly run: () => Promise<void> };

export async function benchOdoo({ settings, invoices, log }: OdooBenchOptions): Promise<OdooFigures> {
  const apart = { ...settings, module: 'lading_bench' };
  const writers = Array.from({ length: WRITERS }, () => openConnection(apart, { now: Date.now }));
  const sessions = Array.from({ length: WRITERS }, () => odooConnector.open(apart, { now: Date.now }));
  const names = documentNames();
  try {
    const [first = never(), ...others] = writers.map(({ call }) => call);
    // One after the other: the first makes the customer.
    for (const session of sessions) await send(session, names(1).map(documentOf));
    const where = await whereToPost(first);
    const post = (call: Door, batch: readonly string[]) => createAndPost(call, where, batch, 'best');
    await Promise.all([first, ...others].map((call) => post(call, names(1))));
    const singles = async () => {
      for (const name of names(ONE_BY_ONE_A_ROUND)) await createAndPost(first, where, [name], 'plain');
    };
    const speeds = await inTurns(Math.ceil(invoices / ROUND), log, {
      'one by one': { invoices: ONE_BY_ONE_A_ROUND, run: singles },
      'raw batches': { invoices: ROUND, run: () => shared([first, ...others], batches(names(ROUND)), post) },
      lading: { invoices: ROUND, run: () => shared(sessions, batches(names(ROUND).map(documentOf)), send) },
    });
    const [oneByOnePerSecond = 0, rawPerSecond = 0, ladingPerSecond = 0] = speeds;
    return {
      odooMajor: ((await writers[0]?.version()) ?? never()).major,
      invoices: Math.ceil(invoices / ROUND) * ROUND,
      ...{ oneByOnePerSecond, rawPerSecond, ladingPerSecond },
      ratios: { toOneByOne: ladingPerSecond / oneByOnePerSecond, toRaw: ladingPerSecond / rawPerSecond },
    };
  } finally {
    await Promise.all([...writers, ...sessions].map((open) => open.close()));
  }
}

/** Invoices a second of each contestant, all rounds together. */
async function inTurns(
  rounds: number,
  log: (line: string) => void,
  contestants: Readonly<Record<string, Contestant>>,
): Promise<number[]> {
  const all = Object.entries(contestants).map(([name, contestant]) => ({ name, ...contestant, seconds: 0 }));
  for (let round = 1; round <= rounds; round++) {
    for (const contestant of all) {
      const begun = performance.now();
      await contestant.run();
      contestant.seconds += (performance.now() - begun) / 1000;
    }
    log(all.map(({ name, invoices, seconds }) => `${name} ${((round * invoices) / seconds).toFixed(1)}/s`).join(', '));
  }
  return all.map(({ invoices, seconds }) => (rounds * invoices) / seconds);
}

async function send(session: Session, documents: readonly WantedDocument[]): Promise<void> {
  for (const result of await session.send(documents)) {
    if (result.outcome !== 'confirmed') throw new Error(`not posted: ${JSON.stringify(result)}`);
  }
}

function never(): never {
  throw new Error('there is at least one writer');
}

/** Each writer takes the next batch as soon as it is free. */
async function shared<Writer, Batch>(
  writers: readonly Writer[],
  waiting: Batch[],
  act: (writer: Writer, batch: Batch) => Promise<void>,
): Promise<void> {
  await Promise.all(
    writers.map(async (writer) => {
      for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) await act(writer, batch);
    }),
  );
}

function batches<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) =>
    items.slice(index * BATCH, (index + 1) * BATCH),
  );
}

function documentNames(): (count: number) => string[] {
  const run = `BENCH-${Date.now()}`;
  let made = 0;
  return (count) => Array.from({ length: count }, () => `${run}-${++made}`);
}

const AMOUNTS_MINOR = [81_200n, 17_458n, 9_500n, 6_000n].slice(0, LINES);

function documentOf(key: string): WantedDocument {
  const lines = AMOUNTS_MINOR.map((amountMinor, index) => ({
    ...{ shipment: key, code: 'LHL', description: `${key} charge ${index + 1}`, amountMinor },
  }));
  return {
    ...{ key, kind: 'invoice', number: key, currency: 'USD', issuedOn: today(), lines, reference: key },
    customer: { id: 'lading-bench', name: CUSTOMER, identifiers: [] },
    attachments: [],
  };
}

const CUSTOMER = 'Lading Bench';
const today = () => new Date().toISOString().slice(0, 10);

// The best shape names journal and account, too: without, Odoo searches the customer's history for each line. It says what each line
// comes to in the books, as the connector does, and so works nothing out again.
type Where = { readonly partnerId: number; readonly journalId: number; readonly accountId?: number };
type Shape = 'plain' | 'best';

async function whereToPost(call: Door): Promise<Where> {
  const args = { domain: [['name', '=', CUSTOMER]], fields: ['id'], limit: 1 };
  const [partner] = (await call({ model: 'res.partner', method: 'search_read', args })) as { id: number }[];
  const journal = (await readJournals(call)).find(({ type }) => type === 'sale');
  if (partner === undefined || journal === undefined) throw new Error('no customer or no sales journal to post to');
  return { partnerId: partner.id, journalId: journal.id, accountId: journal.accountId };
}

async function createAndPost(call: Door, where: Where, names: readonly string[], shape: Shape): Promise<void> {
  const { partnerId, journalId, accountId } = where;
  const values = names.map((name) => ({
    ...{ move_type: 'out_invoice', partner_id: partnerId, journal_id: journalId, invoice_date: today(), ref: name },
    invoice_line_ids: AMOUNTS_MINOR.map((minor, index) => {
      const price = Number(minor) / 100;
      const line = { name: `${name} charge ${index + 1}`, quantity: 1, price_unit: price, account_id: accountId };
      const booked = shape === 'best' ? { amount_currency: -price, balance: -price } : {};
      return [0, 0, { ...line, ...booked, tax_ids: [[6, 0, []]] }];
    }),
  }));
  const context = shape === 'best' ? { tracking_disable: true } : undefined;
  const made = await call({ model: 'account.move', method: 'create', args: { vals_list: values }, context });
  await call({ model: 'account.move', method: 'action_post', ids: made as number[] });
}
