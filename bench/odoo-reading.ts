// How fast changed records are read out of a real Odoo: whole, with their lines and addresses, as the pull reads them, beside what
// the same server's own `search_read` gives of the same records and fields, in the same run and in turns. It changes nothing.
import { performance } from 'node:perf_hooks';
import type { Puller } from '../src/connectors/contract.ts';
import { openConnection } from '../src/connectors/odoo/doors/connection.ts';
import type { Door } from '../src/connectors/odoo/doors/door.ts';
import { odooConnector } from '../src/connectors/odoo/index.ts';
import { RECORDS_PER_PAGE } from '../src/connectors/odoo/pull/pull.ts';
import { FIELDS, LINE_FIELDS } from '../src/connectors/odoo/pull/watches.ts';
import type { OdooSettings } from '../src/connectors/odoo/settings.ts';

export type ReadingFigures = {
  readonly watch: string;
  readonly records: number;
  /** `search_read` of the records alone, by pages of the same size: what Odoo gives whoever asks as its documentation says. */
  readonly plainPerSecond: number;
  /** Likewise, and of orders their lines too. */
  readonly wholePerSecond: number;
  readonly ladingPerSecond: number;
  readonly ratios: { readonly toPlain: number; readonly toWhole: number };
};

export type ReadingOptions = {
  readonly settings: OdooSettings;
  readonly watch: 'orders' | 'invoices' | 'partners';
  readonly records: number;
  readonly log: (line: string) => void;
};

const MODELS = { orders: 'sale.order', invoices: 'account.move', partners: 'res.partner' } as const;
const PAGE = RECORDS_PER_PAGE;
/** Short, so that what else runs on the machine falls on all alike. */
const PAGES_A_TURN = 1;
/** All there is counts as changed. */
const LONG_AGO = '2000-01-01 00:00:00';

/** Reads one page after this id; returns the last id, `undefined` at the end. */
type Reading = (afterId: number) => Promise<{ readonly read: number; readonly last?: number }>;

export async function benchOdooReading({ settings, watch, records, log }: ReadingOptions): Promise<ReadingFigures> {
  const connection = openConnection(settings, { now: Date.now });
  const session = odooConnector.open(settings, { now: Date.now });
  try {
    const plain = searchRead(connection.call, watch, false);
    const whole = searchRead(connection.call, watch, true);
    const lading = pulling(session.pull as Puller, watch);
    for (const reading of [plain, whole, lading]) await reading(0);
    const seconds = await inTurns([plain, whole, lading], records, log);
    const [plainPerSecond = 0, wholePerSecond = 0, ladingPerSecond = 0] = seconds.map(
      ({ read, taken }) => read / taken,
    );
    const ratios = { toPlain: ladingPerSecond / plainPerSecond, toWhole: ladingPerSecond / wholePerSecond };
    return { watch, records: seconds[2]?.read ?? 0, plainPerSecond, wholePerSecond, ladingPerSecond, ratios };
  } finally {
    await Promise.all([connection.close(), session.close()]);
  }
}

async function inTurns(readings: readonly Reading[], records: number, log: (line: string) => void) {
  const all = readings.map((reading) => ({ reading, afterId: 0, read: 0, taken: 0 }));
  while (all.some(({ read }) => read < records)) {
    for (const each of all) {
      const began = performance.now();
      for (let page = 0; page < PAGES_A_TURN; page++) {
        const { read, last } = await each.reading(each.afterId);
        each.read += read;
        if (last === undefined)
          throw new Error(`there are fewer than ${records} records: only ${each.read} could be read`);
        each.afterId = last;
      }
      each.taken += (performance.now() - began) / 1_000;
    }
    log(all.map(({ read, taken }) => `${(read / taken).toFixed(0)}/s`).join('  '));
  }
  return all;
}

function pulling(puller: Puller, watch: string): Reading {
  return async (afterId) => {
    const page = await puller.page(watch, { since: LONG_AGO, overlapSeconds: 0, afterId });
    if (page.read === 'unavailable') throw new Error(page.reason);
    return { read: page.seen, ...(page.afterId === undefined ? {} : { last: page.afterId }) };
  };
}

function searchRead(call: Door, watch: ReadingOptions['watch'], isWhole: boolean): Reading {
  const model = MODELS[watch];
  const types =
    watch === 'invoices' ? [['move_type', 'in', ['out_invoice', 'out_refund', 'in_invoice', 'in_refund']]] : [];
  const read = async (of: string, domain: readonly unknown[], fields: readonly string[], limit: number) => {
    const args = { domain, fields, limit, order: 'id asc' };
    return (await call({ model: of, method: 'search_read', args, context: { active_test: false } })) as {
      id: number;
    }[];
  };
  return async (afterId) => {
    const rows = await read(
      model,
      [...types, ['write_date', '>=', LONG_AGO], ['id', '>', afterId]],
      FIELDS[model],
      PAGE,
    );
    if (isWhole && watch === 'orders') {
      await read('sale.order.line', [['order_id', 'in', rows.map(({ id }) => id)]], LINE_FIELDS, PAGE * 100);
    }
    const last = rows.length < PAGE ? undefined : rows.at(-1)?.id;
    return { read: rows.length, ...(last === undefined ? {} : { last }) };
  };
}
