// How fast invoices are posted in a real Odoo: the whole way of the connector beside what the same server does, in the same
// run and in turns, when its own API merely creates and posts such invoices, one call sequence each or in batches.
//
// It posts some hundreds of invoices: a database for trying, never anyone's books.
import { performance } from 'node:perf_hooks';
import type { WantedDocument } from '../src/connectors/contract.ts';
import { openConnection } from '../src/connectors/odoo/connection.ts';
import type { Door } from '../src/connectors/odoo/door.ts';
import { odooConnector } from '../src/connectors/odoo/index.ts';
import { readJournals } from '../src/connectors/odoo/journals.ts';
import type { OdooSettings } from '../src/connectors/odoo/settings.ts';

export type OdooFigures = {
  readonly odoo: string;
  readonly invoices: number;
  readonly rounds: number;
  readonly writers: number;
  /** Create and post, one call sequence an invoice, one writer. */
  readonly oneByOnePerSecond: number;
  /** Create and post in batches, by the best of `RAW_BATCHES`. */
  readonly rawPerSecond: number;
  readonly rawBatch: number;
  /** The connector: found or made under a permanent key, compared, posted, read back. */
  readonly ladingPerSecond: number;
  readonly ratios: { readonly toOneByOne: number; readonly toRaw: number };
};

export type OdooBenchOptions = {
  readonly settings: OdooSettings;
  readonly invoices: number;
  readonly rounds: number;
  readonly log: (line: string) => void;
};

const LINES = 4;
const WRITERS = 2;
const RAW_BATCHES = [50, 100];
/** One by one is slow, and so few tell enough. */
const ONE_BY_ONE_SHARE = 10;

export async function benchOdoo({ settings, invoices, rounds, log }: OdooBenchOptions): Promise<OdooFigures> {
  const apart = { ...settings, module: 'lading_bench' };
  const writers = Array.from({ length: WRITERS }, () => openConnection(apart, { now: Date.now }));
  const sessions = Array.from({ length: WRITERS }, () => odooConnector.open(apart, { now: Date.now }));
  const send = async (session: (typeof sessions)[number], documents: readonly WantedDocument[]) => {
    for (const result of await session.send(documents)) {
      if (result.outcome !== 'confirmed') throw new Error(`not posted: ${JSON.stringify(result)}`);
    }
  };
  const calls = writers.map(({ call }) => call);
  const names = documentNames();
  try {
    await Promise.all(sessions.map((session) => send(session, names(1).map(documentOf))));
    const where = await whereToPost(calls[0] as Door);
    await Promise.all(calls.map((call) => createAndPost(call, where, names(1))));
    const secondsOf = new Map<string, number>();
    const measure = async (what: string, work: () => Promise<void>) => {
      const begun = performance.now();
      await work();
      const seconds = (performance.now() - begun) / 1000;
      secondsOf.set(what, (secondsOf.get(what) ?? 0) + seconds);
      log(`${what}: ${seconds.toFixed(1)} s`);
    };
    const few = Math.ceil(invoices / ONE_BY_ONE_SHARE);
    for (let round = 0; round < rounds; round++) {
      await measure('one', async () => {
        for (const name of names(few)) await createAndPost(calls[0] as Door, where, [name]);
      });
      for (const size of RAW_BATCHES) {
        const act = (call: Door, batch: string[]) => createAndPost(call, where, batch);
        await measure(`raw ${size}`, () => shared(calls, batches(names(invoices), size), act));
      }
      const slices = batches(names(invoices).map(documentOf), odooConnector.limits.documentsPerSend);
      await measure('lading', () => shared(sessions, slices, send));
    }
    const perSecond = (what: string, count: number) => (count * rounds) / (secondsOf.get(what) as number);
    const raw = RAW_BATCHES.map((size) => ({ size, speed: perSecond(`raw ${size}`, invoices) }));
    const best = raw.reduce((a, b) => (b.speed > a.speed ? b : a));
    const oneByOnePerSecond = perSecond('one', few);
    const ladingPerSecond = perSecond('lading', invoices);
    return {
      odoo: `${(await (writers[0] as (typeof writers)[number]).version()).major}`,
      ...{ invoices, rounds, writers: WRITERS },
      ...{ oneByOnePerSecond, rawPerSecond: best.speed, rawBatch: best.size, ladingPerSecond },
      ratios: { toOneByOne: ladingPerSecond / oneByOnePerSecond, toRaw: ladingPerSecond / best.speed },
    };
  } finally {
    await Promise.all([...writers, ...sessions].map((open) => open.close()));
  }
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

function batches<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
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

// The best shape names journal and account, too: without, Odoo searches the customer's history for each line.
type Where = { readonly partnerId: number; readonly journalId: number; readonly accountId?: number };

async function whereToPost(call: Door): Promise<Where> {
  const args = { domain: [['name', '=', CUSTOMER]], fields: ['id'], limit: 1 };
  const [partner] = (await call({ model: 'res.partner', method: 'search_read', args })) as { id: number }[];
  const journal = (await readJournals(call)).find(({ type }) => type === 'sale');
  if (partner === undefined || journal === undefined) throw new Error('no customer or no sales journal to post to');
  return { partnerId: partner.id, journalId: journal.id, accountId: journal.accountId };
}

async function createAndPost(call: Door, where: Where, names: readonly string[]): Promise<void> {
  const { partnerId, journalId, accountId } = where;
  const values = names.map((name) => ({
    ...{ move_type: 'out_invoice', partner_id: partnerId, journal_id: journalId, invoice_date: today(), ref: name },
    invoice_line_ids: AMOUNTS_MINOR.map((minor, index) => {
      const line = { name: `${name} charge ${index + 1}`, quantity: 1, price_unit: Number(minor) / 100 };
      return [0, 0, { ...line, account_id: accountId, tax_ids: [[6, 0, []]] }];
    }),
  }));
  const made = await call({ model: 'account.move', method: 'create', args: { vals_list: values } });
  await call({ model: 'account.move', method: 'action_post', ids: made as number[] });
}
