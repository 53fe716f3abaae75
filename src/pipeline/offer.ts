// What a shipment brings before those it has things in common with: claims before its orders, candidates before its account.
// Written only where it differs from before; whoever must decide is told.
import type { ClientBase } from 'pg';
import type { Decision } from '../model/decision.ts';
import { encodeLines, markAccountsDue, putCandidates } from '../store/candidates.ts';
import { type KeptClaim, putClaims } from '../store/claims.ts';
import { type Batch, orderKey, type ShipmentState } from './batch.ts';

/** Candidates as they are compared with those of before. */
export function candidatesText(decision: Decision | undefined): string {
  if (decision === undefined || decision.candidates.length === 0) return '[]';
  const { customer } = decision;
  return JSON.stringify(
    decision.candidates.map(({ lines, ...candidate }) => ({ customer, ...candidate, lines: encodeLines(lines) })),
  );
}

export function claimsText(decision: Decision | undefined, { orders }: Pick<Batch, 'orders'>): string {
  return decision === undefined || decision.claims.length === 0 ? '[]' : JSON.stringify(claimsOf(decision, orders));
}

function claimsOf({ shipment, customer, status, standing, claims }: Decision, orders: Batch['orders']): KeptClaim[] {
  const { dueSince } = standing;
  return claims.map((claim) => {
    const placed = orders.get(orderKey({ order: claim.order, customer }))?.eventId;
    return { ...claim, customer, shipment, status, dueSince, placed };
  });
}

export async function writeCandidates(
  client: ClientBase,
  tenant: string,
  states: readonly ShipmentState[],
  now: number,
): Promise<void> {
  if (states.length === 0) return;
  const shipments = states.map(({ row }) => row.shipment);
  const candidates = states.flatMap(({ decision }) =>
    (decision?.candidates ?? []).map((candidate) => ({ ...candidate, customer: decision?.customer ?? '' })),
  );
  await putCandidates(client, tenant, shipments, candidates);
  const before = states.flatMap(({ row }) => (JSON.parse(row.candidates) as { customer: string }[]).map(customerOf));
  await markAccountsDue(client, tenant, [...before, ...candidates.map(customerOf)], now);
}

const customerOf = ({ customer }: { readonly customer: string }) => customer;

/** Returns the orders, by number, that are asked for something else than before. */
export async function writeClaims(
  client: ClientBase,
  tenant: string,
  states: readonly ShipmentState[],
  { orders }: Pick<Batch, 'orders'>,
): Promise<string[]> {
  if (states.length === 0) return [];
  const shipments = states.map(({ row }) => row.shipment);
  const claims = states.flatMap(({ decision }) => (decision === undefined ? [] : claimsOf(decision, orders)));
  await putClaims(client, tenant, shipments, claims);
  const before = states.flatMap(({ row }) => JSON.parse(row.claims) as KeptClaim[]);
  return [...before, ...claims].map(({ order }) => order);
}
