// Carriers' invoices are judged: matched to shipments, compared with what those expect to pay, and judged again whenever
// the facts change. An approved one becomes a bill in the ERP, once.
//
// A carrier's invoices bear on one another in order of arrival, so one worker at a time has a carrier in its hands, and
// takes the earliest that are due. Locks: the carrier, then its shipments in key order.
import type { ClientBase } from 'pg';
import { type Audited, auditInOrder } from '../domain/audit/in-order.ts';
import { markCredits } from '../store/carrier-credits.ts';
import { carriersDue, markInvoices, markLaterInvoices, takeDueInvoices } from '../store/carrier-invoices-due.ts';
import { holdCarrier } from '../store/carrier-verdicts.ts';
import { type Gathered, gatherInvoices } from './audit/gather.ts';
import { type Judged, recordVerdicts } from './audit/record.ts';
import type { PipelineContext } from './context.ts';

const AT_ONCE = { invoices: 500, lines: 20_000 };

/** Judges the earliest that are due of each carrier; returns how many. */
export async function auditOnce(context: PipelineContext): Promise<number> {
  const { store, log } = context;
  let done = 0;
  for (const carrier of await carriersDue(store, store.tenant)) {
    const judged = await store.transaction((client) => auditCarrier(context, client, carrier));
    for (const { row, audited } of judged) {
      if (row.verdict === audited.verdict.verdict) continue;
      log.info({ carrier, invoice: row.invoice, verdict: audited.verdict.verdict }, 'judged');
    }
    done += judged.length;
  }
  return done;
}

async function auditCarrier(context: PipelineContext, client: ClientBase, carrier: string): Promise<Judged[]> {
  const { tenant } = context.store;
  if (!(await holdCarrier(client, tenant, carrier))) return [];
  const rules = await context.rules.hold(client);
  const now = context.clock.now();
  const ids = await takeDueInvoices(client, tenant, carrier, AT_ONCE);
  if (ids.length === 0) return [];
  const gathered = await gatherInvoices(client, tenant, carrier, ids, rules, now);
  const ready = readyOnes(gathered);
  const audited = auditInOrder({ ...gathered, invoices: ready, tolerance: rules.audit.get(carrier) });
  const last = await firstOfOthers(client, tenant, carrier, audited, ids);
  const judged = judgedFrom(
    gathered,
    audited.filter(({ id }) => last === undefined || id < last),
  );
  const left = ids.slice(judged.length);
  await markInvoices(client, tenant, carrier, left);
  const isDraft = rules.audit.get(carrier)?.bills === 'draft';
  await recordVerdicts(client, tenant, gathered, judged, { now, isDraft });
  return judged;
}

// A shipment that is to be decided again by now may expect something else in a moment: its invoice waits for that, and so
// do those after it.
function readyOnes({ invoices, shipments }: Gathered) {
  const end = invoices.findIndex(({ lines }) =>
    lines.some(({ shipment }) => shipment !== undefined && shipments.get(shipment)?.isUndecided),
  );
  return end === -1 ? invoices : invoices.slice(0, end);
}

// Others of the carrier that bill what now turned come before what we hold beyond them.
async function firstOfOthers(
  client: ClientBase,
  tenant: string,
  carrier: string,
  audited: readonly Audited[],
  among: readonly string[],
): Promise<bigint | undefined> {
  const turned = audited.flatMap(({ id, turned: keys }) =>
    keys.map((key) => {
      const [shipment = '', code = ''] = key.split('\u0000');
      return { id: id.toString(), shipment, code };
    }),
  );
  await markCredits(client, tenant, carrier, turned, among);
  const first = await markLaterInvoices(client, tenant, carrier, turned, among);
  return first === undefined ? undefined : BigInt(first);
}

function judgedFrom({ rows }: Gathered, audited: readonly Audited[]): Judged[] {
  return audited.map((one, index) => ({ row: rows[index] as Judged['row'], audited: one }));
}
