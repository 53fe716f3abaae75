// Writes what was decided: state, names, charges, exceptions, documents with their effects. Set by set, and only what
// differs from what is there.
import type { ClientBase } from 'pg';
import type { ChargeRow, Decision } from '../model/decision.ts';
import type { OpenException } from '../model/exception.ts';
import type { Instant } from '../model/time.ts';
import { MINUTE_MS } from '../model/time.ts';
import { markAccountsWithPayments } from '../store/accounts.ts';
import { markAccountsDue } from '../store/candidates.ts';
import { markInvoicesOfShipments } from '../store/carrier-invoices-due.ts';
import { putCharges, removeCharges, type ShipmentCharge } from '../store/charges.ts';
import { closeExceptions, openExceptions } from '../store/exceptions.ts';
import { encodeFact } from '../store/facts.ts';
import { type DecidedDocument, keepDocuments } from '../store/invoices.ts';
import { markOrdersDue } from '../store/order-lines.ts';
import type { KnownOrder } from '../store/orders.ts';
import { putReferences, type ReferenceRow, removeReferences } from '../store/references.ts';
import { type ShipmentChange, type ShipmentRow, writeShipments } from '../store/shipments.ts';
import type { Batch, ShipmentState } from './batch.ts';
import { ERP_SYSTEM } from './context.ts';
import { candidatesText, claimsText, writeCandidates, writeClaims } from './offer.ts';
import { nameKey } from './resolve.ts';

/** Writes every shipment that was touched, and has orders looked at: those placed, and those that are asked for more or less. */
export async function record(
  client: ClientBase,
  tenant: string,
  batch: Batch,
  placed: readonly KnownOrder[] = [],
): Promise<void> {
  const touched = [...batch.states.values()].filter((state) => state.touched);
  const claimed = touched.length === 0 ? [] : await recordTouched(client, tenant, batch, touched);
  await markOrdersDue(client, tenant, [...placed.map(({ order }) => order.order), ...claimed]);
}

// The rows are held by this transaction. Returns the orders whose claims changed.
async function recordTouched(
  client: ClientBase,
  tenant: string,
  batch: Batch,
  touched: readonly ShipmentState[],
): Promise<string[]> {
  const changes = touched.map((state) => changeOf(state, batch));
  await writeShipments(client, tenant, changes, batch.now);
  const renamed = touched.filter((state, index) => changes[index]?.names !== state.row.names);
  await writeNames(client, tenant, renamed);
  const recharged = touched.filter((state, index) => changes[index]?.charges !== state.row.charges);
  await writeCharges(client, tenant, recharged);
  await markInvoicesOfShipments(client, tenant, changedExpectations(touched, changes));
  const troubled = touched.filter((state, index) => changes[index]?.problems !== state.row.problems);
  await writeProblems(client, tenant, troubled, batch.now);
  const claiming = touched.filter((state, index) => changes[index]?.claims !== state.row.claims);
  const claimed = await writeClaims(client, tenant, claiming, batch);
  const offering = touched.filter((state, index) => changes[index]?.candidates !== state.row.candidates);
  await writeCandidates(client, tenant, offering, batch.now);
  const decided = touched.flatMap((state) => state.decided);
  await keepDocuments(client, tenant, ERP_SYSTEM, decided, batch.now);
  await tellAccounts(client, tenant, decided, batch.now);
  return claimed;
}

function changeOf(state: ShipmentState, batch: Batch): ShipmentChange {
  const { row, facts, decision } = state;
  const fresh = facts.slice(row.factCount);
  const newest = facts.findLast((fact) => fact.kind === 'plan');
  return {
    shipment: row.shipment,
    newFacts: fresh.map(encodeFact).join(','),
    newFactCount: fresh.length,
    names: JSON.stringify(state.names.map(nameCells)),
    charges: JSON.stringify(decision?.charges.map(chargeCells) ?? []),
    problems: JSON.stringify(decision?.exceptions.map(({ kind, subject, detail }) => [kind, subject, detail]) ?? []),
    documents: state.documents.length,
    standing: JSON.stringify(decision?.standing ?? state.standing),
    claims: claimsText(decision, batch),
    candidates: candidatesText(decision),
    customer: decision?.customer,
    carrier: decision?.carrier,
    mode: newest?.plan.mode,
    status: decision?.status,
    billing: decision?.billing,
    pickedUpAt: decision?.pickedUpAt,
    deliveredAt: decision?.deliveredAt,
    ratingDate: decision?.ratingDate,
    wakeAt: wakeAtOf(decision, batch.now),
  };
}

// A time that has come already would wake the shipment for ever.
function wakeAtOf(decision: Decision | undefined, now: Instant): Instant | undefined {
  const wakeAt = decision?.wakeAt;
  return wakeAt === undefined ? undefined : Math.max(wakeAt, now + MINUTE_MS);
}

function nameCells({ type, value, taughtAt }: ReferenceRow): (string | number)[] {
  return taughtAt === undefined ? [type, value] : [type, value, taughtAt];
}

async function writeNames(client: ClientBase, tenant: string, states: readonly ShipmentState[]): Promise<void> {
  const removed: ReferenceRow[] = [];
  const put: ReferenceRow[] = [];
  for (const { row, names } of states) {
    const known = new Map(
      (JSON.parse(row.names) as [string, string, Instant?][]).map(([type, value, taughtAt]) => {
        const reference: ReferenceRow = { type, value, shipment: row.shipment, ...(taughtAt ? { taughtAt } : {}) };
        return [nameKey(reference), reference];
      }),
    );
    for (const name of names) {
      const before = known.get(nameKey(name));
      known.delete(nameKey(name));
      if (before === undefined || before.taughtAt !== name.taughtAt) put.push(name);
    }
    removed.push(...known.values());
  }
  await removeReferences(client, tenant, removed);
  await putReferences(client, tenant, put);
}

// A credit note is set off by its account; a payment may have waited for the document.
async function tellAccounts(client: ClientBase, tenant: string, decided: readonly DecidedDocument[], now: Instant) {
  const notes = decided.filter(({ document }) => document.kind === 'credit-note');
  const customersOf = (some: readonly DecidedDocument[]) => some.map(({ document }) => document.customer);
  await markAccountsDue(client, tenant, customersOf(notes), now);
  await markAccountsWithPayments(client, tenant, customersOf(decided), now);
}

type ChargeCells = [
  side: ChargeRow['side'],
  code: string,
  currency: string,
  state: ChargeRow['state'],
  amountMinor: string,
];

function chargeCells({ side, code, currency, state, amountMinor }: ChargeRow): ChargeCells {
  return [side, code, currency, state, amountMinor.toString()];
}

async function writeCharges(client: ClientBase, tenant: string, states: readonly ShipmentState[]): Promise<void> {
  const removed: ShipmentCharge[] = [];
  const put: ShipmentCharge[] = [];
  for (const { row, decision } of states) {
    const known = new Map(
      (JSON.parse(row.charges) as ChargeCells[]).map(([side, code, currency, state, amount]) => {
        const charge = { shipment: row.shipment, side, code, currency, state, amountMinor: BigInt(amount) };
        return [chargeKey(charge), charge];
      }),
    );
    for (const charge of decision?.charges ?? []) {
      const before = known.get(chargeKey(charge));
      known.delete(chargeKey(charge));
      if (before?.amountMinor !== charge.amountMinor) put.push({ ...charge, shipment: row.shipment });
    }
    removed.push(...known.values());
  }
  await removeCharges(client, tenant, removed);
  await putCharges(client, tenant, put);
}

// What a carrier is expected to bill, whatever its bills were found to be: a state is an answer to them, never a cause.
function changedExpectations(states: readonly ShipmentState[], changes: readonly ShipmentChange[]): string[] {
  return states.flatMap(({ row }, index) => {
    const { carrier, charges } = changes[index] as ShipmentChange;
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

function chargeKey({ side, code, currency, state }: ChargeRow): string {
  return `${side} ${currency} ${state} ${code}`;
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
