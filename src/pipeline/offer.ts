// What a shipment brings before those it has things in common with: claims before its orders, candidates before its account.
// Written only where it differs from before; whoever must decide is told.
import type { ClientBase } from 'pg';
import type { Decision } from '../model/decision.ts';
import { encodeLines, markAccountsDue, putCandidates } from '../store/candidates.ts';
import { type KeptClaim, markOrdersDue, type OrderName, putClaims } from '../store/claims.ts';
import type { ShipmentState } from './batch.ts';

/** Candidates as they are compared with those of before. */
export function candidatesText(decision: Decision | undefined): string {
  if (decision === undefined || decision.candidates.length === 0) return '[]';
  const { customer } = decision;
  return JSON.stringify(
    decision.candidates.map(({ lines, ...candidate }) => ({ customer, ...candidate, lines: encodeLines(lines) })),
  );
}

export function claimsText(decision: Decision | undefined): string {
  return decision === undefined || decision.claims.length === 0 ? '[]' : JSON.stringify(claimsOf(decision));
}

function claimsOf({ shipment, customer, status, standing, claims }: Decision): KeptClaim[] {
  const { dueSince } = standing;
  return claims.map((claim) => ({ ...claim, customer, shipment, status, ...(dueSince ? { dueSince } : {}) }));
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

export async function writeClaims(client: ClientBase, tenant: string, states: readonly ShipmentState[]): Promise<void> {
  if (states.length === 0) return;
  const shipments = states.map(({ row }) => row.shipment);
  const claims = states.flatMap(({ decision }) => (decision === undefined ? [] : claimsOf(decision)));
  await putClaims(client, tenant, shipments, claims);
  const before = states.flatMap(({ row }) => JSON.parse(row.claims) as OrderName[]);
  await markOrdersDue(client, tenant, [...before, ...claims]);
}
