// How fast the ledger's station books what decisions left for it, behind the whole path; and how long the proof takes then
// that every charge is accounted for and the ledger says the same.
import { booksOf } from '../src/insight/books.ts';
import { createContext } from '../src/pipeline/context.ts';
import { bookOnce } from '../src/pipeline/ledger.ts';
import { importSetup } from '../src/pipeline/setup.ts';
import { openStore } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import { say, timed, untilDone } from './at-work.ts';
import { idOf, planOf, SETUP } from './pipeline/traffic.ts';

export type LedgerBenchOptions = {
  /** An empty database. */
  readonly url: string;
  readonly shipments: number;
  readonly log?: (line: string) => void;
};

export type LedgerFigures = {
  /** Each is booked as expected and again as earned. */
  readonly shipments: number;
  readonly entries: number;
  readonly bookingsPerSecond: number;
  readonly provingSeconds: number;
};

export async function benchLedger({ url, shipments, log = () => {} }: LedgerBenchOptions): Promise<LedgerFigures> {
  await migrate(url);
  const store = openStore(url, { maxConnections: 4 });
  const context = createContext({ store });
  const numbers = Array.from({ length: shipments }, (_, number) => number);
  try {
    const policies = (SETUP.policies ?? []).map((policy) => ({ ...policy, trigger: 'delivered' as const }));
    await importSetup(context, { ...SETUP, policies }, 'bench');
    log(`${shipments} shipments are planned and tendered`);
    await say(context, 'tms', numbers.map(planned));
    await say(context, 'swft', numbers.flatMap(told(['tendered'])));
    let seconds = await timed(() => untilDone(() => bookOnce(context)));
    log('and delivered');
    await say(context, 'swft', numbers.flatMap(told(['picked-up', 'delivered'])));
    seconds += await timed(() => untilDone(() => bookOnce(context)));
    const provingSeconds = await timed(async () => {
      const { holds, deviations } = await booksOf(store, { at: context.clock.now() });
      if (!holds) throw new Error(`the books do not hold: ${deviations[0]?.detail}`);
    });
    const { rows } = await store.query<{ entries: number }>('select count(*)::int as entries from lading.ledger_entry');
    const entries = rows[0]?.entries ?? 0;
    return { shipments, entries, bookingsPerSecond: (2 * shipments) / seconds, provingSeconds };
  } finally {
    await store.close();
  }
}

function planned(shipment: number): object {
  return JSON.parse(Buffer.from(planOf(shipment)).toString());
}

function told(milestones: readonly string[]) {
  return (number: number): object[] =>
    milestones.map((milestone) => {
      const occurredAt = milestone === 'delivered' ? '2026-03-04T12:00:00Z' : '2026-03-02T12:00:00Z';
      const data = { shipment: idOf(number), milestone, occurredAt };
      const head = { specversion: '1.0', source: '/swft', type: 'shipment.milestone', time: occurredAt };
      return { ...head, id: `${milestone}-${number}`, data };
    });
}
