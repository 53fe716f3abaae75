// Verdicts on a carrier's invoices in their order of arrival: what an earlier one bills, a later one bills again.
//
// Only earlier ones bear on later ones, so one walk in order comes to rest. It tells which billings began or ended by
// it, for those of later invoices that are not at hand here must then be looked at again.
import type { AuditTolerance } from '../../model/setup/tables.ts';
import { auditInvoice, type BilledInvoice, billingKey, type Expectation, type Verdict } from './verdict.ts';

export type ArrivedInvoice = BilledInvoice & {
  /** Grows with arrival. */
  readonly id: bigint;
  /** An invoice of this carrier and number came earlier. */
  readonly isRepeated: boolean;
};

/** By `billingKey`: the invoices of this carrier that bill it, so far approved or disputed. */
export type Billings = ReadonlyMap<string, ReadonlySet<bigint>>;

export type AuditOfCarrier = {
  readonly invoices: readonly ArrivedInvoice[];
  readonly billings: Billings;
  readonly expectations: ReadonlyMap<string, Expectation>;
  readonly tolerance: AuditTolerance | undefined;
};

export type Audited = {
  readonly id: bigint;
  readonly verdict: Verdict;
  /** Its own lines that were billed before, by `billingKey`. */
  readonly billedBefore: ReadonlySet<string>;
  /** `billingKey`s that it now bills and did not, or no longer bills. */
  readonly turned: readonly string[];
};

/** One answer for each, in order of arrival. */
export function auditInOrder({ invoices, billings, expectations, tolerance }: AuditOfCarrier): Audited[] {
  const billed = new Map([...billings].map(([key, ids]) => [key, new Set(ids)]));
  return [...invoices].sort(byArrival).map((invoice) => {
    const { id, isRepeated } = invoice;
    const own = new Set(
      invoice.lines.flatMap(({ shipment, code }) => (shipment === undefined ? [] : [billingKey(shipment, code)])),
    );
    const billedBefore = new Set([...own].filter((key) => isBilledBefore(billed.get(key), id)));
    const verdict = auditInvoice({ invoice, expectations, tolerance, isRepeated, billedBefore });
    const turned = [...own].filter((key) => (billed.get(key)?.has(id) ?? false) !== bills(verdict));
    for (const key of own) note(billed, key, id, bills(verdict));
    return { id, verdict, billedBefore, turned };
  });
}

function byArrival(a: ArrivedInvoice, b: ArrivedInvoice): number {
  return a.id < b.id ? -1 : 1;
}

function bills({ verdict }: Verdict): boolean {
  return verdict === 'approved' || verdict === 'disputed';
}

function isBilledBefore(ids: ReadonlySet<bigint> | undefined, id: bigint): boolean {
  for (const other of ids ?? []) if (other < id) return true;
  return false;
}

function note(billed: Map<string, Set<bigint>>, key: string, id: bigint, isBilled: boolean): void {
  const ids = billed.get(key) ?? new Set();
  if (isBilled) ids.add(id);
  else ids.delete(id);
  billed.set(key, ids);
}
