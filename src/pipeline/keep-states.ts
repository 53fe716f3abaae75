// Shipments as they stand: their rows, the names that find them, their charges. Only what differs from what is there.
//
// Nothing here is waited for, and a shipment may be written more than once in a pass: each time what came since.
import type { ClientBase } from 'pg';
import type { ChargeRow, Decision } from '../model/decision.ts';
import type { Instant } from '../model/time.ts';
import { MINUTE_MS } from '../model/time.ts';
import { putCharges, removeCharges, type ShipmentCharge } from '../store/charges.ts';
import { encodeFact } from '../store/facts.ts';
import { putReferences, type ReferenceRow, removeReferences } from '../store/references.ts';
import type { Sending } from '../store/sending.ts';
import { putListings, removeListings } from '../store/shipment-listing.ts';
import { type ShipmentChange, writeShipments } from '../store/shipments.ts';
import type { Batch, ShipmentState } from './batch.ts';
import { listingOf, listingText } from './listing.ts';
import { candidatesText, claimsText } from './offer.ts';
import { nameKey } from './resolve.ts';

export type KeptState = ShipmentState & { change: ShipmentChange };

/** It was written in this pass. */
export function isKept(state: ShipmentState): state is KeptState {
  return state.change !== undefined;
}

/** Writes these as they stand now. Their rows are held by the transaction. */
export function keepStates(
  client: ClientBase,
  tenant: string,
  { batch, states, under }: { batch: Batch; states: readonly ShipmentState[]; under: Sending },
): void {
  const changes = states.map((state) => changeOf(state, batch));
  under.add(writeShipments(client, tenant, changes, batch.now));
  const names = namesToWrite(states.filter(({ kept }, index) => changes[index]?.names !== kept.names));
  under.add(removeReferences(client, tenant, names.removed));
  under.add(putReferences(client, tenant, names.put));
  const charges = chargesToWrite(states.filter(({ kept }, index) => changes[index]?.charges !== kept.charges));
  under.add(removeCharges(client, tenant, charges.removed));
  under.add(putCharges(client, tenant, charges.put));
  const relisted = states.filter(({ kept }, index) => changes[index]?.listing !== kept.listing);
  under.add(putListings(client, tenant, relisted.flatMap(listed)));
  under.add(removeListings(client, tenant, relisted.flatMap(unlisted)));
  states.forEach((state, index) => {
    const change = changes[index] as ShipmentChange;
    state.change = change;
    state.kept = { facts: state.facts.length, names: change.names, charges: change.charges, listing: change.listing };
    state.touched = false;
  });
}

const listed = ({ decision, facts }: ShipmentState) => listingOf(decision, facts) ?? [];
const unlisted = ({ decision, row }: ShipmentState) => (decision === undefined ? [row.shipment] : []);

function changeOf(state: ShipmentState, batch: Batch): ShipmentChange {
  const { row, kept, facts, decision } = state;
  const fresh = facts.slice(kept.facts);
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
    listing: listingText(listingOf(decision, facts)),
    customer: decision?.customer,
    carrier: decision?.carrier,
    mode: decision?.mode,
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

function namesToWrite(states: readonly ShipmentState[]) {
  const removed: ReferenceRow[] = [];
  const put: ReferenceRow[] = [];
  for (const { row, kept, names } of states) {
    const known = new Map(
      (JSON.parse(kept.names) as [string, string, Instant?][]).map(([type, value, taughtAt]) => {
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
  return { removed, put };
}

export type ChargeCells = [
  side: ChargeRow['side'],
  code: string,
  currency: string,
  state: ChargeRow['state'],
  amountMinor: string,
];

function chargeCells({ side, code, currency, state, amountMinor }: ChargeRow): ChargeCells {
  return [side, code, currency, state, amountMinor.toString()];
}

function chargesToWrite(states: readonly ShipmentState[]) {
  const removed: ShipmentCharge[] = [];
  const put: ShipmentCharge[] = [];
  for (const { row, kept, decision } of states) {
    const known = new Map(
      (JSON.parse(kept.charges) as ChargeCells[]).map(([side, code, currency, state, amount]) => {
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
  return { removed, put };
}

function chargeKey({ side, code, currency, state }: ChargeRow): string {
  return `${side} ${currency} ${state} ${code}`;
}
