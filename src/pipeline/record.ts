// Writes what was decided: state, names, charges, exceptions, documents with their effects. Set by set, and only what
// differs from what is there.
import type { ClientBase } from 'pg';
import type { OpenException } from '../model/exception.ts';
import type { Instant } from '../model/time.ts';
import { markAccountsWithPayments } from '../store/accounts.ts';
import { markBillingNews } from '../store/billing-news.ts';
import { markAccountsDue } from '../store/candidates.ts';
import { markInvoicesOfShipments } from '../store/carrier-invoices-due.ts';
import { closeExceptions, openExceptions } from '../store/exceptions.ts';
import { type DecidedDocument, keepDocuments } from '../store/invoices.ts';
import { markOrdersDue } from '../store/order-lines.ts';
import type { KnownOrder } from '../store/orders.ts';
import { sendingAll } from '../store/sending.ts';
import type { ShipmentRow } from '../store/shipments.ts';
import type { Batch, ShipmentState } from './batch.ts';
import { ERP_SYSTEM } from './context.ts';
import { type ChargeCells, isKept, type KeptState, keepStates } from './keep-states.ts';
import { writeCandidates, writeClaims } from './offer.ts';

/** Writes every shipment that was touched, and has orders looked at: those placed, and those that are asked for more or less. */
export async function record(
  client: ClientBase,
  tenant: string,
  batch: Batch,
  placed: readonly KnownOrder[] = [],
): Promise<void> {
  const claimed = await sendingAll((under) => {
    keepStates(client, tenant, { batch, states: [...batch.states.values()].filter(({ touched }) => touched), under });
    return recordRest(client, tenant, batch);
  });
  await markOrdersDue(client, tenant, [...placed.map(({ order }) => order.order), ...claimed]);
}

// What others are told by comes last, when all rows are written. Returns the orders whose claims changed.
async function recordRest(client: ClientBase, tenant: string, batch: Batch): Promise<string[]> {
  const kept = [...batch.states.values()].flatMap((state) => (isKept(state) ? [state] : []));
  if (kept.length === 0) return [];
  await markInvoicesOfShipments(client, tenant, changedExpectations(kept));
  const troubled = kept.filter(({ row, change }) => change.problems !== row.problems);
  await writeProblems(client, tenant, troubled, batch.now);
  const claiming = kept.filter(({ row, change }) => change.claims !== row.claims);
  const claimed = await writeClaims(client, tenant, claiming, batch);
  await markBillingNews(
    client,
    tenant,
    kept.filter(hasGoodsOfOrders).map(({ row }) => row.shipment),
    batch.now,
  );
  const offering = kept.filter(({ row, change }) => change.candidates !== row.candidates);
  await writeCandidates(client, tenant, offering, batch.now);
  const decided = kept.flatMap((state) => state.decided);
  await keepDocuments(client, tenant, ERP_SYSTEM, decided, batch.now);
  await tellAccounts(client, tenant, decided, batch);
  return claimed;
}

const hasGoodsOfOrders = ({ row, change }: KeptState) => change.claims !== '[]' || row.claims !== '[]';

// A credit note is set off by its account, also against a supplementary that comes later; a payment may have waited for the document.
async function tellAccounts(
  client: ClientBase,
  tenant: string,
  decided: readonly DecidedDocument[],
  { rules: { policies }, now }: Batch,
) {
  const adjustments = decided.filter(({ document }) => document.kind !== 'invoice');
  const customersOf = (some: readonly DecidedDocument[]) => some.map(({ document }) => document.customer);
  await markAccountsDue(client, tenant, customersOf(adjustments), now);
  await markAccountsWithPayments(client, tenant, customersOf(decided), now);
  // What is decided may become overdue one day.
  const collected = customersOf(decided).filter((each) => policies.get(each)?.content.collections);
  await markAccountsDue(client, tenant, collected, now);
}

// What a carrier is expected to bill, whatever its bills were found to be: a state is an answer to them, never a cause.
function changedExpectations(states: readonly KeptState[]): string[] {
  return states.flatMap(({ row, change: { charges, carrier } }) => {
    // What was not known before, nobody can have billed yet.
    if (row.factCount === 0) return [];
    const isSame = charges === row.charges || expectedOf(charges) === expectedOf(row.charges);
    return isSame && (carrier ?? null) === row.carrier ? [] : [row.shipment];
  });
}

function expectedOf(charges: string): string {
  if (!charges.includes('["buy"')) return '';
  const buy = (JSON.parse(charges) as ChargeCells[]).filter(([side]) => side === 'buy');
  return JSON.stringify(buy.map(([, code, currency, , amount]) => [code, currency, amount]).sort());
}

async function writeProblems(
  client: ClientBase,
  tenant: string,
  states: readonly ShipmentState[],
  now: Instant,
): Promise<void> {
  const gone: OpenException[] = [];
  const raised: (OpenException & { shipment: string })[] = [];
  for (const { row, decision } of states) {
    const known = problemsIn(row);
    for (const problem of decision?.exceptions ?? []) {
      const before = known.get(`${problem.kind} ${problem.subject}`);
      known.delete(`${problem.kind} ${problem.subject}`);
      if (before?.detail !== problem.detail) raised.push({ ...problem, shipment: row.shipment });
    }
    gone.push(...known.values());
  }
  await closeExceptions(client, tenant, gone, now);
  await openExceptions(client, tenant, raised, now);
}

function problemsIn(row: ShipmentRow): Map<string, OpenException> {
  const cells = JSON.parse(row.problems) as [OpenException['kind'], string, string][];
  return new Map(cells.map(([kind, subject, detail]) => [`${kind} ${subject}`, { kind, subject, detail }]));
}
