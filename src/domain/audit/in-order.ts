// Verdicts on a carrier's invoices in their order of arrival: what an earlier one bills, a later one bills again.
//
// Only earlier ones bear on later ones, so one walk in order comes to rest. It tells which billings began or ended by
// it, for those of later invoices that are not at hand here must then be looked at again.
import type { CarrierVerdict } from '../../model/carrier-invoice.ts';
import type { AuditTolerance } from '../../model/setup/tables.ts';
import { type Amounts, amountsOf, auditCredit, isCredit } from './credit.ts';
import { auditInvoice, type BilledInvoice, billingKey, type Expectation, type Verdict } from './verdict.ts';

export type ArrivedInvoice = BilledInvoice & {
  /** Grows with arrival. */
  readonly id: bigint;
  /** An invoice of this carrier and number came earlier. */
  readonly isRepeated: boolean;
  /** As it was judged before. */
  readonly verdict?: CarrierVerdict;
};

/** By `billingKey`: the invoices of this carrier that bill it, so far approved or disputed. */
export type Billings = ReadonlyMap<string, ReadonlySet<bigint>>;

export type AuditOfCarrier = {
  readonly invoices: readonly ArrivedInvoice[];
  readonly billings: Billings;
  readonly expectations: ReadonlyMap<string, Expectation>;
  readonly tolerance: AuditTolerance | undefined;
  /** Of invoices that may not be at hand: what they bill, and what approved credit notes give back. Asked for credit notes alone. */
  readonly amounts?: { readonly billed: Amounts; readonly credited: Amounts };
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
export function auditInOrder({ invoices, billings, expectations, tolerance, amounts }: AuditOfCarrier): Audited[] {
  const billed = new Map([...billings].map(([key, ids]) => [key, new Set(ids)]));
  const { bills: ours = [], credits = [] } = Object.groupBy([...invoices].sort(byArrival), ({ lines }) =>
    isCredit(lines) ? 'credits' : 'bills',
  );
  const audited = ours.map((invoice) => {
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
  if (credits.length === 0) return audited;
  return [...audited, ...auditCredits(credits, standing(ours, billed, amounts?.billed), amounts?.credited)].sort(
    byArrival,
  );
}

const NONE: ReadonlySet<string> = new Set();

function auditCredits(credits: readonly ArrivedInvoice[], billed: Amounts, known: Amounts = new Map()): Audited[] {
  const credited = new Map([...known].map(([key, ids]) => [key, new Map(ids)]));
  return credits.map((invoice): Audited => {
    const { id, isRepeated } = invoice;
    const earlier = new Map(
      [...amountsOf(invoice).keys()].map((key) => [
        key,
        new Map([...(credited.get(key) ?? [])].filter(([other]) => other < id)),
      ]),
    );
    const verdict = auditCredit({ invoice, isRepeated, billed, credited: earlier });
    const keys = [...amountsOf(invoice)];
    const isApproved = verdict.verdict === 'approved';
    for (const [key, amountMinor] of keys) {
      const ids = credited.get(key) ?? new Map<bigint, bigint>();
      if (isApproved) ids.set(id, -amountMinor);
      else ids.delete(id);
      credited.set(key, ids);
    }
    // Credit notes turn when they begin or end to give back: later ones of the same are then looked at again.
    const hasTurned = isApproved !== (invoice.verdict === 'approved');
    const turned = hasTurned ? keys.map(([key]) => key.slice(0, key.lastIndexOf('\u0000'))) : [];
    return { id, verdict, billedBefore: NONE, turned };
  });
}

/** What each invoice that stands bills: those at hand by what was just found of them, the others as they are known. */
function standing(
  ours: readonly ArrivedInvoice[],
  billed: ReadonlyMap<string, ReadonlySet<bigint>>,
  known: Amounts = new Map(),
): Amounts {
  const amounts = new Map([...known].map(([key, ids]) => [key, new Map(ids)]));
  for (const invoice of ours) {
    for (const [key, amountMinor] of amountsOf(invoice)) {
      const ids = amounts.get(key) ?? new Map<bigint, bigint>();
      const stands = billed.get(key.slice(0, key.lastIndexOf('\u0000')))?.has(invoice.id) ?? false;
      if (stands) ids.set(invoice.id, amountMinor);
      else ids.delete(invoice.id);
      amounts.set(key, ids);
    }
  }
  return amounts;
}

function byArrival(a: { readonly id: bigint }, b: { readonly id: bigint }): number {
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
