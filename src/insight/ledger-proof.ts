// The ledger's own proof: each posting balances, and what it holds of each charge is what was decided and documented.
//
// Accrued is exactly what is earned and not invoiced; invoiced, what the ERP has confirmed; expected, what is tendered and
// not yet earned. What waits for approval or is under way is counted and not judged.

import type { ClientBase } from 'pg';
import type { LedgerStage } from '../model/ledger.ts';
import { formatMinor } from '../model/money.ts';
import type { Instant } from '../model/time.ts';
import {
  type LedgerSum,
  ledgerDeviations,
  ledgerSums,
  unbalancedPostings,
  unbookedShipments,
} from '../store/read/ledger-proof.ts';

/** Amounts as text, of one entity and currency. */
export type LedgerLine = {
  /** Empty where none is known. */
  legalEntity: string;
  currency: string;
  revenue: Record<LedgerStage, string>;
  cost: Record<LedgerStage, string>;
  /** Debits less credits of all accounts. */
  sum: string;
};
export type LedgerFault = {
  kind: 'ledger';
  shipment?: string;
  code?: string;
  posting?: string;
  currency: string;
  detail: string;
};
export type LedgerProof = {
  lines: LedgerLine[];
  /** Shipments of which something waits for approval, its period being locked. */
  late: number;
};

type Proven = { readonly proof: LedgerProof; readonly faults: readonly LedgerFault[]; readonly underWay: number };

export async function proveLedger(client: ClientBase, tenant: string, at: Instant, limit: number): Promise<Proven> {
  const deviating = await ledgerDeviations(client, tenant, at, limit);
  const unbalanced = await unbalancedPostings(client, tenant, limit);
  const { late, underWay } = await unbookedShipments(client, tenant);
  const faults: LedgerFault[] = [
    ...unbalanced.map(({ posting, currency, leftMinor }) => ({
      kind: 'ledger' as const,
      posting,
      currency,
      detail: `does not balance: ${formatMinor(leftMinor, currency)} is left over`,
    })),
    ...deviating.map(({ shipment, side, code, currency, stage, dueMinor, bookedMinor }) => ({
      kind: 'ledger' as const,
      shipment,
      code,
      currency,
      detail: `the ledger holds ${formatMinor(bookedMinor, currency)} as ${stage} on the ${side} side, and ${formatMinor(dueMinor, currency)} is`,
    })),
  ];
  return { proof: { lines: linesFrom(await ledgerSums(client, tenant)), late }, faults, underWay };
}

function linesFrom(sums: readonly LedgerSum[]): LedgerLine[] {
  const groups = Map.groupBy(sums, ({ legalEntity, currency }) => JSON.stringify([legalEntity, currency]));
  return [...groups.values()].map((some) => {
    const { legalEntity, currency } = some[0] as LedgerSum;
    const money = (minor: bigint) => formatMinor(minor, currency);
    const at = (side: LedgerSum['side'], stage: LedgerStage) =>
      money(some.find((sum) => sum.side === side && sum.stage === stage)?.heldMinor ?? 0n);
    const stages = (side: LedgerSum['side']) => ({
      expected: at(side, 'expected'),
      accrued: at(side, 'accrued'),
      invoiced: at(side, 'invoiced'),
    });
    const sum = money(some.reduce((total, { sumMinor }) => total + sumMinor, 0n));
    return { legalEntity, currency, revenue: stages('sell'), cost: stages('buy'), sum };
  });
}
