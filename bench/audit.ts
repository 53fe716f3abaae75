// How fast carriers' invoices are judged: lines matched to shipments, compared with what is expected, written down with
// their verdicts, exceptions and bills; and all of them judged again when the tolerance changes.
import { auditOnce } from '../src/pipeline/audit.ts';
import { createContext, type PipelineContext } from '../src/pipeline/context.ts';
import { importSetup } from '../src/pipeline/setup.ts';
import { wakeOnce } from '../src/pipeline/wake.ts';
import { openStore, type Store } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import { say, timed, untilDone } from './at-work.ts';
import { AUDIT_SETUP, billOf, CARRIERS, CODES_A_SHIPMENT, shipmentOf, WIDER } from './audit/freight-bills.ts';

export type AuditBenchOptions = {
  /** An empty database. */
  readonly url: string;
  /** In all; an invoice has four, of one shipment. */
  readonly lines: number;
  readonly log?: (line: string) => void;
};

export type AuditFigures = {
  readonly lines: number;
  readonly invoices: number;
  readonly verdicts: Readonly<Record<string, number>>;
  /** From the bytes of canonical JSON to kept invoices. */
  readonly keepingSeconds: number;
  /** From kept to judged, with exceptions and wanted bills. */
  readonly auditSeconds: number;
  readonly linesPerSecond: number;
  /** The charges of the shipments take on what became of them. */
  readonly decidingSeconds: number;
  /** All of them once more, under another tolerance. */
  readonly againSeconds: number;
  readonly verdictsAgain: Readonly<Record<string, number>>;
  readonly residentMegabytesBefore: number;
  readonly peakResidentMegabytes: number;
};

export async function benchAudit({ url, lines, log = () => {} }: AuditBenchOptions): Promise<AuditFigures> {
  await migrate(url);
  const store = openStore(url, { maxConnections: 4 });
  const context = createContext({ store });
  try {
    await importSetup(context, AUDIT_SETUP, 'bench');
    const count = Math.ceil(lines / CODES_A_SHIPMENT);
    const numbers = Array.from({ length: count }, (_, number) => number);
    log(`${count} shipments are planned`);
    await say(context, 'tms', numbers.map(shipmentOf));
    const memory = watchMemory();
    log(`${count} invoices arrive`);
    const keepingSeconds = await timed(() => say(context, 'tms', numbers.map(billOf)));
    log('and are judged');
    const auditSeconds = await timed(() => auditAll(context));
    const verdicts = await verdictsIn(store);
    const decidingSeconds = await timed(() => untilDone(() => wakeOnce(context)));
    await auditAll(context);
    log('and judged again');
    await importSetup(context, { audit: CARRIERS.map((carrier) => ({ carrier, ...WIDER })) }, 'bench');
    const againSeconds = await timed(() => auditAll(context));
    return {
      lines: count * CODES_A_SHIPMENT,
      invoices: count,
      verdicts,
      keepingSeconds,
      auditSeconds,
      linesPerSecond: (count * CODES_A_SHIPMENT) / auditSeconds,
      decidingSeconds,
      againSeconds,
      verdictsAgain: await verdictsIn(store),
      ...memory.end(),
    };
  } finally {
    await store.close();
  }
}

async function verdictsIn(store: Store): Promise<Record<string, number>> {
  const { rows } = await store.query<{ verdict: string; count: number }>(
    'select verdict, count(*)::int as count from lading.carrier_invoice group by verdict order by verdict',
  );
  return Object.fromEntries(rows.map((row) => [row.verdict, row.count]));
}

const auditAll = (context: PipelineContext) => untilDone(() => auditOnce(context));

function watchMemory() {
  const resident = () => Math.round(process.memoryUsage.rss() / 1024 / 1024);
  const before = resident();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, resident());
  }, 50);
  return {
    end: () => {
      clearInterval(timer);
      return { residentMegabytesBefore: before, peakResidentMegabytes: peak };
    },
  };
}
