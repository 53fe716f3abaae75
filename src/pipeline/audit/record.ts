// Writes what carriers' invoices were found to be: verdicts, how their shipments stand, exceptions, and the bills of
// those approved.
import type { ClientBase } from 'pg';
import { isCredit } from '../../domain/audit/credit.ts';
import { disputedMinor } from '../../domain/audit/dispute.ts';
import type { Audited } from '../../domain/audit/in-order.ts';
import { OBJECTIONS, objectionTo, subjectOf } from '../../domain/audit/objection.ts';
import { billingKey, type Verdict } from '../../domain/audit/verdict.ts';
import type { CarrierVerdict, ComparedLine } from '../../model/carrier-invoice.ts';
import type { Standing } from '../../model/decision.ts';
import type { OpenException } from '../../model/exception.ts';
import type { LandedLine } from '../../model/landed.ts';
import type { Instant } from '../../model/time.ts';
import { shortPaidCredits } from '../../store/carrier-credits.ts';
import { followVerdicts, type JudgedBill, settledDisputes } from '../../store/carrier-disputes.ts';
import { type CarrierInvoiceRow, comparedText } from '../../store/carrier-invoices.ts';
import {
  acceptedLinesOf,
  billingLinesOf,
  type VerdictChange,
  verdictsOfNumbers,
  writeVerdictsOf,
} from '../../store/carrier-verdicts.ts';
import { closeExceptions, openExceptions } from '../../store/exceptions.ts';
import { writeStandings } from '../../store/shipments.ts';
import { intendBills } from '../../store/vendor-bills.ts';
import { ERP_SYSTEM } from '../context.ts';
import { settleCredited } from './credits.ts';
import type { Gathered } from './gather.ts';

/** An invoice as it was before, and what it was found to be now. */
export type Judged = { readonly row: CarrierInvoiceRow; readonly audited: Audited };

/** The carrier and the shipments are held. `isDraft`: its bills are left in the ERP as drafts. */
export async function recordVerdicts(
  client: ClientBase,
  tenant: string,
  gathered: Gathered,
  judged: readonly Judged[],
  { now, isDraft }: { readonly now: Instant; readonly isDraft: boolean },
): Promise<void> {
  const changed = judged.filter(differs);
  const absorbed = await shortPaidCredits(client, tenant, newCredits(changed));
  const changes = changed
    .map(changeFrom)
    .map((change) => ({ ...change, billIsDraft: isDraft, ...(absorbed.has(change.id) ? { bill: undefined } : {}) }));
  await writeVerdictsOf(client, tenant, changes, now);
  await writeHowShipmentsStand(client, tenant, gathered, now);
  await followVerdicts(client, tenant, changes.map(disputeOf), now);
  await keepObjections(client, tenant, changed, now);
  await settleCredited(client, tenant, newCredits(changed), { now, isDraft });
  const bills = changes.flatMap(({ bill }, index) => (bill && changed[index]?.row.bill === undefined ? [bill] : []));
  await intendBills(client, tenant, ERP_SYSTEM, bills, now);
}

function differs({ row, audited: { verdict } }: Judged): boolean {
  return row.verdict !== verdict.verdict || comparedText(row.compared) !== comparedText(comparedIn(verdict));
}

function newCredits(changed: readonly Judged[]): string[] {
  return changed.flatMap(({ row, audited: { verdict } }) =>
    verdict.verdict === 'approved' && row.verdict !== 'approved' && isCredit(row.lines) ? [row.id] : [],
  );
}

function disputeOf({ id, verdict, compared }: VerdictChange): JudgedBill {
  // A credit note that gives back too much is a question, and costs nothing.
  return {
    id,
    isDisputed: verdict === 'disputed' && !isCredit(compared.map(({ billedMinor }) => ({ amountMinor: billedMinor }))),
    disputedMinor: disputedMinor(compared),
  };
}

function comparedIn(verdict: Verdict): readonly ComparedLine[] {
  return 'compared' in verdict ? verdict.compared : [];
}

function changeFrom({ row, audited: { verdict } }: Judged): VerdictChange {
  const compared = comparedIn(verdict);
  // A credit note bills nothing: it stands beside the bill that it reduces.
  const stateOf = new Map(
    (isCredit(row.lines) ? [] : compared).map(({ shipment, code, isWithinTolerance }) => [
      billingKey(shipment, code),
      isWithinTolerance ? ('approved' as const) : ('disputed' as const),
    ]),
  );
  const states = row.lines.flatMap(({ position, shipment = '', code, state: before }) => {
    const state = stateOf.get(billingKey(shipment, code));
    return state === before ? [] : [{ position, state }];
  });
  return { id: row.id, verdict: verdict.verdict, compared, states, bill: billOf(row, verdict) };
}

/** Permanent, so that whatever is found of it later it is one document. One without lines has nothing to pay. */
function billOf(row: CarrierInvoiceRow, { verdict }: Verdict): string | undefined {
  if (row.bill !== undefined) return row.bill;
  if (verdict !== 'approved' || row.lines.length === 0) return undefined;
  return `${isCredit(row.lines) ? 'credit' : 'bill'}:${subjectOf(row)}`;
}

// What its own carrier billed of a shipment, in whatever currency; others bill none of its charges.
async function writeHowShipmentsStand(
  client: ClientBase,
  tenant: string,
  { shipments, expectations }: Gathered,
  now: Instant,
): Promise<void> {
  const lines = Map.groupBy(await billingLinesOf(client, tenant, [...shipments.keys()]), ({ shipment }) => shipment);
  const landed = await landedLines(client, tenant, expectations);
  const changes = [...shipments.values()].flatMap(({ shipment, carrier, standing: before }) => {
    const { billed = {}, landed: landedBefore = [], ...standing } = before;
    const own = (lines.get(shipment) ?? []).filter((line) => line.carrier === carrier);
    const next = Object.fromEntries(own.map(({ code, state }) => [code, state] as const).sort());
    const landedNow = landed.get(shipment) ?? [];
    if (isSame(billed, next) && JSON.stringify(landedBefore) === JSON.stringify(landedNow)) return [];
    const restated: Standing = {
      ...standing,
      ...(own.length > 0 ? { billed: next } : {}),
      ...(landedNow.length > 0 ? { landed: landedNow } : {}),
    };
    return [{ shipment, standing: JSON.stringify(restated), newDocuments: 0 }];
  });
  await writeStandings(client, tenant, changes, now);
}

// Asked only where a policy names such codes.
async function landedLines(
  client: ClientBase,
  tenant: string,
  expectations: Gathered['expectations'],
): Promise<ReadonlyMap<string, readonly LandedLine[]>> {
  const laidOut = [...expectations].filter(([, { disbursements }]) => disbursements !== undefined);
  const lines = await acceptedLinesOf(
    client,
    tenant,
    laidOut.map(([shipment]) => shipment),
  );
  const landed = lines.filter(({ shipment, code }) => expectations.get(shipment)?.disbursements?.has(code));
  return Map.groupBy(landed, ({ shipment }) => shipment)
    .entries()
    .reduce(
      (all, [shipment, own]) =>
        all.set(
          shipment,
          own.map(({ shipment: _, ...line }) => line),
        ),
      new Map(),
    );
}

type Billed = NonNullable<Standing['billed']>;

function isSame(a: Billed, b: Billed): boolean {
  const codes = Object.keys(a);
  return codes.length === Object.keys(b).length && codes.every((code) => a[code] === b[code]);
}

// Several invoices may have one number, and so one subject: an exception is open while any of them is what it says.
async function keepObjections(
  client: ClientBase,
  tenant: string,
  changed: readonly Judged[],
  now: Instant,
): Promise<void> {
  const settled = await settledDisputes(
    client,
    tenant,
    changed.map(({ row: { id } }) => id),
  );
  const raised = changed.flatMap(({ row, audited }) => {
    if (audited.verdict.verdict === 'disputed' && settled.has(row.id)) return [];
    const unknown = row.lines.flatMap(({ shipment, names }) =>
      shipment === undefined ? [names.map(({ type, value }) => `${type} ${value}`).join(' or ') || 'no number'] : [],
    );
    const invoice = { ...row, unknown: [...new Set(unknown)], hasBill: row.bill !== undefined };
    return objectionTo(invoice, audited) ?? [];
  });
  const numbers = await verdictsOfNumbers(
    client,
    tenant,
    changed.map(({ row }) => row),
  );
  const gone = numbers.flatMap((number) => goneFrom(subjectOf(number), number.verdicts));
  await closeExceptions(client, tenant, gone, now);
  await openExceptions(client, tenant, raised, now);
}

function goneFrom(subject: string, verdicts: readonly CarrierVerdict[]): Pick<OpenException, 'kind' | 'subject'>[] {
  return Object.entries(OBJECTIONS).flatMap(([verdict, kind]) =>
    verdicts.includes(verdict as CarrierVerdict) ? [] : [{ kind, subject }],
  );
}
